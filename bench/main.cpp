// batchproof_bench [--quick] [--benchmark_filter=REGEX] [--benchmark_format=json]: tables of ratios and
// limits; the twin for machines is Google Benchmark's own JSON. Exits with 1 when a limit is exceeded.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "concurrency.hpp"
#include "end_to_end.hpp"
#include "failures.hpp"
#include "footprint.hpp"
#include "generation.hpp"
#include "kafka.hpp"
#include "kinesis_windows_and_envelopes.hpp"
#include "lint.hpp"
#include "paired_timing.hpp"
#include "payload_sizes.hpp"
#include "simulation.hpp"
#include "stages.hpp"
#include "table.hpp"
#include "typed_payloads.hpp"
#include "verification.hpp"

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
