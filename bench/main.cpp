// batchproof_bench [--benchmark_filter=REGEX] [--benchmark_format=json]: a table of ratios, one of
// verifications and one of memory; the twin for machines is Google Benchmark's own JSON. Exits with 1 when a
// limit is exceeded.

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "concurrency.hpp"
#include "generation.hpp"
#include "memory.hpp"
#include "simulation.hpp"
#include "verification.hpp"
#include "whole_way.hpp"

namespace {

using batchproof::bench::Source;

/// Prints a row a benchmark, as soon as it is done.
class RatioTable : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) report(run);
    std::fflush(stdout);
  }

  bool over_limit() const { return over_limit_; }

 private:
  void report(const Run& run) {
    if (run.run_name.function_name.starts_with("verify")) return report_verification(run);
    if (run.counters.contains("ratio") || run.counters.contains("microseconds"))
      return report_concurrency(run);
    if (run.counters.contains("cycles_a_minute")) return report_simulation(run);
    print_head_once();
    if (run.counters.contains("limit_milliseconds")) return report_generation(run);
    report_ratio(run);
  }

  void print_head_once() {
    if (std::exchange(ratios_have_head_, true)) return;
    fmt::print("Bytes in to bytes out; medians of pairs timed in turn.\n");
    fmt::print("{:<34} {:>8} {:>12} {:>12} {:>7} {:>16}\n", "source / failing", "records", "median",
               "x bare walk", "limit", "nlohmann loop x");
  }

  void report_ratio(const Run& run) {
    const double ratio = run.counters.at("walk_ratio");
    const double limit = run.counters.at("limit");
    over_limit_ = over_limit_ || ratio > limit;
    fmt::print("{:<34} {:>8} {:>9.1f} us {:>12.2f} {:>7} {:>16.1f}\n", run.run_name.function_name,
               run.run_name.args, double(run.counters.at("median_microseconds")), ratio,
               ratio > limit ? "OVER" : fmt::format("{:.1f}", limit),
               double(run.counters.at("nlohmann_ratio")));
  }

  void report_generation(const Run& run) {
    const double milliseconds = run.counters.at("median_milliseconds");
    const double limit = run.counters.at("limit_milliseconds");
    over_limit_ = over_limit_ || milliseconds > limit;
    fmt::print("{:<34} {:>8} {:>9.1f} ms {:>12} {:>7}\n", run.run_name.function_name, 10'000, milliseconds,
               "", milliseconds > limit ? "OVER" : fmt::format("{:.0f} ms", limit));
  }

  void report_concurrency(const Run& run) {
    if (!std::exchange(concurrency_has_head_, true))
      fmt::print("\nConcurrency: medians beside a yardstick.\n");
    const bool is_time = run.counters.contains("microseconds");
    const double value = run.counters.at(is_time ? "microseconds" : "ratio");
    const double limit = run.counters.at("limit");
    over_limit_ = over_limit_ || value > limit;
    const std::string limit_text = is_time ? fmt::format("{:.0f} us", limit) : fmt::format("{:.2f}", limit);
    fmt::print("{:<50} {:>9.2f} {:<2} {:>7}\n", run.run_name.function_name, value, is_time ? "us" : "x",
               value > limit ? "OVER" : limit_text);
  }

  void report_verification(const Run& run) {
    if (!std::exchange(verification_has_head_, true)) {
      fmt::print("\nRandom cases of up to 10 records, and the laws that each is judged by.\n");
      fmt::print("{:<34} {:>8} {:>12} {:>9} {:>14} {:>6} {:>12}\n", "subject", "cases", "median", "limit",
                 "cases a second", "laws", "judgements");
    }
    if (!run.counters.contains("median_milliseconds")) {
      fmt::print("{:<34} {}\n", run.run_name.function_name, run.report_label);
      return;
    }
    const double milliseconds = run.counters.at("median_milliseconds");
    const double cases = run.counters.at("cases");
    const auto limit = run.counters.find("limit_milliseconds");
    const bool has_limit = limit != run.counters.end();
    const bool is_over = has_limit && milliseconds > double(limit->second);
    over_limit_ = over_limit_ || is_over;
    fmt::print("{:<34} {:>8} {:>9.0f} ms {:>9} {:>14.0f} {:>6} {:>12}\n", run.run_name.function_name, cases,
               milliseconds,
               is_over     ? "OVER"
               : has_limit ? fmt::format("{:.0f} ms", double(limit->second))
                           : "",
               cases * 1000 / milliseconds, double(run.counters.at("laws")),
               double(run.counters.at("judgements")));
  }

  void report_simulation(const Run& run) {
    if (!std::exchange(simulation_has_head_, true)) {
      fmt::print(
          "\nWorlds of 100,000 messages in batches of 10, an event and a response each, on one core.\n");
      fmt::print("{:<34} {:>12} {:>20} {:>12}\n", "source", "deliveries", "batches a minute", "at least");
    }
    const double cycles = run.counters.at("cycles_a_minute");
    const double least = run.counters.at("least_cycles_a_minute");
    over_limit_ = over_limit_ || cycles < least;
    fmt::print("{:<34} {:>12.0f} {:>20.0f} {:>12}\n", run.run_name.function_name,
               double(run.counters.at("deliveries")), cycles,
               cycles < least ? "UNDER" : fmt::format("{:.0f}", least));
  }

  bool over_limit_ = false;
  bool simulation_has_head_ = false;
  bool concurrency_has_head_ = false;
  bool ratios_have_head_ = false;
  bool verification_has_head_ = false;
};

/// Returns whether a limit is exceeded.
bool print_memory() {
  constexpr std::size_t records = 10'000;
  constexpr double limit = 3.0;
  bool over_limit = false;
  fmt::print("\nMemory at {} records, none failing.\n", records);
  fmt::print("{:<34} {:>26} {:>7} {:>24}\n", "source", "resident, x the payload", "limit",
             "allocations a record");
  for (const Source source : {Source::sqs, Source::fifo, Source::kinesis, Source::dynamodb}) {
    const double ratio = batchproof::bench::resident_ratio(source, records);
    over_limit = over_limit || ratio > limit;
    fmt::print("{:<34} {:>26.2f} {:>7} {:>24.3f}\n", name(source), ratio,
               ratio > limit ? "OVER" : fmt::format("{:.1f}", limit),
               batchproof::bench::allocations_per_record(source));
  }
  return over_limit;
}

}  // namespace

int main(int argument_count, char** arguments) {
  bool for_machines = false;
  for (int index = 1; index < argument_count; ++index) {
    for_machines = for_machines || std::strcmp(arguments[index], "--benchmark_format=json") == 0;
  }
  batchproof::bench::register_whole_way();
  batchproof::bench::register_generation();
  batchproof::bench::register_concurrency();
  batchproof::bench::register_verification();
  batchproof::bench::register_simulation();
  benchmark::Initialize(&argument_count, arguments);
  if (benchmark::ReportUnrecognizedArguments(argument_count, arguments)) return 2;
  if (for_machines) {
    benchmark::RunSpecifiedBenchmarks();
    return 0;
  }
  RatioTable table;
  benchmark::RunSpecifiedBenchmarks(&table);
  const bool over_limit = print_memory();
  return table.over_limit() || over_limit ? 1 : 0;
}
