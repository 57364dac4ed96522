#include <benchmark/benchmark.h>

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "benchmarks.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

constexpr int simulations = 5;
constexpr double least_cycles_a_minute = 3.5e6;

/// Batches of ten, few of them with a failing message.
simulator::World world_of(fixtures::Source source) {
  return {.source = source,
          .messages = 100'000,
          .groups = 100,
          .sent_every = std::chrono::milliseconds(0),
          .batch_size = 10,
          .stream = {.maximum_retry_attempts = 3},
          .faults = {.poison = 100, .flaky_rate = 0.01}};
}

void simulate_source(benchmark::State& state, fixtures::Source source) {
  const auto subject = fixtures::library_processor(source, {});
  const simulator::World world = world_of(source);
  std::vector<double> cycles_a_minute;
  for (auto _ : state) {
    simulator::FinishedWorld finished;
    const double seconds = processor_seconds_of([&] { finished = simulator::run_world(subject, world); });
    if (!finished.at_rest) throw std::runtime_error("the world that is timed did not come to rest");
    state.SetIterationTime(seconds);
    cycles_a_minute.push_back(static_cast<double>(finished.invocations) * 60 / seconds);
    state.counters["deliveries"] = static_cast<double>(simulator::summary_of(finished).deliveries);
  }
  state.counters["cycles_a_minute"] = median(std::move(cycles_a_minute));
  state.counters["least_cycles_a_minute"] = least_cycles_a_minute;
}

}  // namespace

void register_simulation(const Effort& effort) {
  for (const fixtures::Source source : fixtures::all_sources) {
    const std::string row = "simulate " + std::string(fixtures::name(source));
    benchmark::RegisterBenchmark(row.c_str(), simulate_source, source)
        ->Iterations(effort.repetitions(simulations))
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace batchproof::bench
