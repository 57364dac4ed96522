#include <benchmark/benchmark.h>

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "benchmarks.hpp"
#include "output_of.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

constexpr int cases = 10'000;
constexpr std::size_t largest_batch = 10;
constexpr int iterations = 5;
constexpr double limit_milliseconds = 1'000;

void note_laws(benchmark::State& state, const properties::Report& report) {
  double laws = 0;
  double judgements = 0;
  for (const properties::LawResult& law : report.laws()) {
    if (law.state != properties::LawState::held || law.id == "canary") continue;
    laws += 1;
    judgements += law.cases;
  }
  state.counters["cases"] = report.cases();
  state.counters["laws"] = laws;
  state.counters["judgements"] = judgements;
}

void verify_sqs(benchmark::State& state) {
  const fixtures::ProcessorClaims claims;
  const auto processor = fixtures::library_processor(fixtures::Source::sqs, claims);
  std::vector<double> milliseconds;
  milliseconds.reserve(iterations);
  for (auto _ : state) {
    properties::Report report;
    const double seconds = processor_seconds_of([&] {
      report = properties::verify_laws(properties::processor_laws(), fixtures::Source::sqs, processor, claims,
                                       {.cases = cases, .seed = 7, .largest_batch = largest_batch});
    });
    if (!report.passed() || report.cases() != cases)
      throw std::runtime_error("the verification that is timed did not pass");
    note_laws(state, report);
    state.SetIterationTime(seconds);
    milliseconds.push_back(seconds * 1e3);
  }
  state.counters["median_milliseconds"] = median(std::move(milliseconds));
  state.counters["limit_milliseconds"] = limit_milliseconds;
}

void verify_by_fast_check(benchmark::State& state) {
  for (auto _ : state) {
    const auto output = output_of("node '" BATCHPROOF_BENCH_DIR "/fast_check.mjs' 2>/dev/null");
    if (!output) {
      state.SetLabel("not run: Node, fast-check or Powertools is not installed");
      continue;
    }
    const auto result = nlohmann::json::parse(*output);
    state.SetIterationTime(result.at("milliseconds").get<double>() / 1000);
    state.counters["cases"] = result.at("cases").get<double>();
    state.counters["median_milliseconds"] = result.at("milliseconds").get<double>();
    state.counters["laws"] = 1;
    state.counters["judgements"] = result.at("cases").get<double>();
  }
}

}  // namespace

void register_verification(const Effort& effort) {
  benchmark::RegisterBenchmark("verify sqs", verify_sqs)
      ->Iterations(effort.repetitions(iterations))
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
  if (effort.quick) return;
  benchmark::RegisterBenchmark("verify sqs by fast-check", verify_by_fast_check)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace batchproof::bench
