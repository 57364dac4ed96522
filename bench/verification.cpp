#include "verification.hpp"

#include <benchmark/benchmark.h>

#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <ctime>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "median.hpp"
#include "output_of.hpp"

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
    const std::clock_t start = std::clock();  // of this process alone, which others do not slow down
    const properties::Report report =
        properties::verify_laws(properties::processor_laws(), fixtures::Source::sqs, processor, claims,
                                {.cases = cases, .seed = 7, .largest_batch = largest_batch});
    const auto ticks = static_cast<double>(std::clock() - start);
    if (!report.passed() || report.cases() != cases)
      throw std::runtime_error("the verification that is timed did not pass");
    state.SetIterationTime(ticks / CLOCKS_PER_SEC);
    milliseconds.push_back(ticks * 1000 / CLOCKS_PER_SEC);
    note_laws(state, report);
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
