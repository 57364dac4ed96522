#include <benchmark/benchmark.h>
#include <rapidcheck/Gen.h>
#include <rapidcheck/Random.h>

#include <batchproof/generators/batch_case.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks.hpp"
#include "keep.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

constexpr std::size_t records = 10'000;
constexpr int iterations = 21;
constexpr double limit_milliseconds = 30;

void draw_and_write(benchmark::State& state, fixtures::Source source) {
  const auto generator =
      generators::batch_case(source, {.largest_batch = records, .smallest_batch = records});
  std::vector<double> milliseconds;
  milliseconds.reserve(iterations);
  rc::Random random(7);
  for (auto _ : state) {
    std::optional<fixtures::BatchCase> batch;
    std::string payload;
    const double seconds = processor_seconds_of([&] {
      batch = generator(random.split(), rc::kNominalSize).value();
      payload = batch->payload();
    });
    keep(payload);
    state.SetIterationTime(seconds);
    milliseconds.push_back(seconds * 1e3);
  }
  state.counters["median_milliseconds"] = median(std::move(milliseconds));
  state.counters["limit_milliseconds"] = limit_milliseconds;
}

}  // namespace

void register_generation(const Effort& effort) {
  for (const auto source : fixtures::all_sources) {
    const std::string name = "generate " + std::string(fixtures::name(source));
    benchmark::RegisterBenchmark(name.c_str(),
                                 [source](benchmark::State& state) { draw_and_write(state, source); })
        ->Iterations(effort.repetitions(iterations))
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace batchproof::bench
