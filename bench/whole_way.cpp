// Bytes in to bytes out, beside the yardsticks, in pairs within one run: each iteration times both, in turn,
// so that the ratio holds when the machine's speed drifts.

#include "whole_way.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "median.hpp"
#include "run_batchproof.hpp"
#include "yardsticks.hpp"

namespace batchproof::bench {
namespace {

using Clock = std::chrono::steady_clock;

template <class Work>
double seconds(Work&& work) {
  const auto begin = Clock::now();
  benchmark::DoNotOptimize(work());
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// What a row must not exceed: a multiple of the bare walk.
constexpr double limit = 1.5;

template <bool with_failures>
void whole_way(benchmark::State& state, Source source) {
  const std::string event = payload(source, static_cast<std::size_t>(state.range(0)));
  std::vector<double> ours;
  std::vector<double> walk_ratios;
  for (auto _ : state) {
    const double walk = seconds([&] { return bare_walk(source, event); });
    const double own = seconds([&] { return run_batchproof<with_failures>(source, event); });
    state.SetIterationTime(own);
    ours.push_back(own);
    walk_ratios.push_back(own / walk);
  }
  std::vector<double> nlohmann_ratios;
  for (int pair = 0; pair < 9; ++pair) {
    const double loop = seconds([&] { return plain_nlohmann_loop(source, event, with_failures); });
    nlohmann_ratios.push_back(loop / seconds([&] { return run_batchproof<with_failures>(source, event); }));
  }
  state.counters["median_microseconds"] = median(std::move(ours)) * 1e6;
  state.counters["walk_ratio"] = median(std::move(walk_ratios));
  state.counters["limit"] = limit;
  state.counters["nlohmann_ratio"] = median(std::move(nlohmann_ratios));
}

template <bool with_failures>
benchmark::internal::Benchmark* add(Source source) {
  const std::string row = std::string(name(source)) + (with_failures ? "/5% failing" : "/none failing");
  return benchmark::RegisterBenchmark(row.c_str(), whole_way<with_failures>, source)
      ->UseManualTime()
      ->MinTime(0.5);
}

}  // namespace

void register_whole_way() {
  for (const Source source : {Source::sqs, Source::fifo, Source::kinesis, Source::dynamodb}) {
    add<false>(source)->Arg(10)->Arg(1'000);
    add<true>(source)->Arg(100)->Arg(1'000)->Arg(10'000);
  }
}

}  // namespace batchproof::bench
