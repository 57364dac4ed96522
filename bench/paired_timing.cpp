#include "paired_timing.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "baselines.hpp"
#include "keep.hpp"
#include "powertools.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

/// Calls `measure` for this time, and at least five times.
template <class Measure>
void repeat(double for_seconds, Measure measure) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(for_seconds);
  for (int repetition = 0; repetition < 5 || Clock::now() < end; ++repetition) measure();
}

double median_ratio(const Work& other, const Work& ours, double for_seconds) {
  std::vector<double> ratios;
  repeat(for_seconds, [&] { ratios.push_back(seconds_of(other) / seconds_of(ours)); });
  return median(std::move(ratios));
}

/// Google Benchmark calls this once (`Iterations(1)`): its own repetitions would make the event and the
/// baselines again each time.
void time_case(benchmark::State& state, const PairedTiming& row, double row_seconds) {
  const std::string event = row.event();
  const Work ours = row.ours(event);
  ours();  // the first call makes its caches
  const auto walk_event = [&] { return row.walk ? row.walk(event) : bare_walk(row.source, event); };
  std::vector<double> own_times;
  std::vector<double> ratios;
  std::vector<double> ratios_without_throws;
  repeat(row_seconds, [&] {
    const double walk = seconds_of([&] { keep(walk_event()); });
    const double throws = row.throws == 0 ? 0 : seconds_of([&] { keep(bare_throws(row.throws)); });
    const double own = seconds_of(ours);
    own_times.push_back(own);
    ratios.push_back(own / walk);
    ratios_without_throws.push_back((own - throws) / walk);
  });
  const double own_seconds = median(std::move(own_times));
  for (auto _ : state) state.SetIterationTime(own_seconds);
  state.SetLabel(row.headline);
  state.counters["records"] = static_cast<double>(row.records);
  state.counters["median_microseconds"] = own_seconds * 1e6;
  state.counters["walk_ratio"] = median(std::move(ratios));
  if (row.throws != 0) state.counters["walk_ratio_without_throws"] = median(std::move(ratios_without_throws));
  if (row.limit) state.counters["limit"] = *row.limit;
  if (row.limit_without_throws) state.counters["limit_without_throws"] = *row.limit_without_throws;
  if (row.least_nlohmann_ratio) state.counters["least_nlohmann_ratio"] = *row.least_nlohmann_ratio;
  if (row.nlohmann_loop)
    state.counters["nlohmann_ratio"] = median_ratio(row.nlohmann_loop(event), ours, row_seconds / 2);
  if (row.powertools_failing_percent) {
    const auto powertools = powertools_seconds(row.source, event, *row.powertools_failing_percent);
    if (powertools) state.counters["powertools_ratio"] = *powertools / own_seconds;
  }
}

void register_ratio(const PairedTiming& row, double row_seconds) {
  const auto run = [=](benchmark::State& state) { time_case(state, row, row_seconds); };
  benchmark::RegisterBenchmark((row.name + "/" + std::to_string(row.records)).c_str(), run)
      ->UseManualTime()
      ->Iterations(1);
}

}  // namespace

void register_ratios(const std::vector<PairedTiming>& rows, const Effort& effort) {
  for (const bool headlines : {true, false}) {
    for (const PairedTiming& row : rows) {
      if (row.headline.empty() != headlines) register_ratio(row, effort.row_seconds());
    }
  }
}

}  // namespace batchproof::bench
