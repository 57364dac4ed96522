// batchproof_bench [--quick] [--benchmark_filter=REGEX] [--benchmark_format=json]: tables of ratios and
// limits; the twin for machines is Google Benchmark's own JSON. Exits with 1 when a limit is exceeded.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "benchmarks.hpp"
#include "table.hpp"

int main(int argument_count, char** arguments) {
  char** const end = arguments + argument_count;
  char** const rest = std::remove(arguments, end, std::string_view("--quick"));
  const batchproof::bench::Effort effort{.quick = rest != end};
  argument_count = static_cast<int>(rest - arguments);
  const bool for_machines = std::find(arguments, rest, std::string_view("--benchmark_format=json")) != rest;

  std::vector<batchproof::bench::PairedTiming> ratios;
  batchproof::bench::add_end_to_end(ratios);
  batchproof::bench::add_kafka(ratios);
  batchproof::bench::add_stages(ratios);
  batchproof::bench::add_failures(ratios);
  batchproof::bench::add_payload_sizes(ratios, effort);
  batchproof::bench::add_typed_payloads(ratios);
  batchproof::bench::register_ratios(ratios, effort);
  batchproof::bench::register_footprint(effort);
  batchproof::bench::register_generation(effort);
  batchproof::bench::register_lint(effort);
  batchproof::bench::register_verification(effort);
  batchproof::bench::register_simulation(effort);
  batchproof::bench::register_kinesis_windows_and_envelopes();
  batchproof::bench::register_concurrency();
  benchmark::Initialize(&argument_count, arguments);
  if (benchmark::ReportUnrecognizedArguments(argument_count, arguments)) return 2;
  if (for_machines) {
    benchmark::RunSpecifiedBenchmarks();
    return 0;
  }
  batchproof::bench::Table table;
  benchmark::RunSpecifiedBenchmarks(&table);
  return table.over_limit() ? 1 : 0;
}
