#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "benchmarks.hpp"
#include "memory.hpp"
#include "payloads.hpp"
#include "timing.hpp"

namespace batchproof::bench {
namespace {

constexpr std::size_t records = 10'000;

void add(const std::string& what, const char* unit, double limit, const std::function<double()>& measure) {
  const auto run = [=](benchmark::State& state) {
    for (auto _ : state) state.counters["footprint"] = measure();
    state.counters["limit"] = limit;
    state.SetLabel(unit);
  };
  benchmark::RegisterBenchmark(what.c_str(), run)->Iterations(1);
}

double megabytes(const char* file) { return static_cast<double>(std::filesystem::file_size(file)) / 1e6; }

/// Of a command of the shell that reads the event of some records from its standard input.
double start_to_exit_milliseconds(const std::string& program, std::size_t event_records, int repetitions) {
  const auto file = std::filesystem::temp_directory_path() / "batchproof_bench_event.json";
  std::ofstream(file) << payload(Source::sqs, event_records);
  const std::string command = program + " < '" + file.string() + "' > /dev/null";
  std::vector<double> milliseconds;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    milliseconds.push_back(1e3 * seconds_of([&] {
                             if (std::system(command.c_str()) != 0)
                               throw std::runtime_error("failed: " + command);
                           }));
  }
  std::filesystem::remove(file);
  return median(std::move(milliseconds));
}

}  // namespace

void register_footprint(const Effort& effort) {
  for (const Source source : listed_sources) {
    const std::string of = std::string(title(source)) + ": ";
    add(of + "resident, payload lent", "x", 3.0, [=] { return resident_ratio(source, records, false); });
    add(of + "resident, payload handed over", "x", 2.2,
        [=] { return resident_ratio(source, records, true); });
    add(of + "allocations a record", "", 0.1, [=] { return allocations_per_record(source); });
  }
  add("the library in a program, static and stripped", "MB", 1.0,
      [] { return megabytes(BATCHPROOF_WITH_LIBRARY) - megabytes(BATCHPROOF_WITHOUT_LIBRARY); });
  add("batchproof process, 10 records, start to exit", "ms", 10.0, [=] {
    return start_to_exit_milliseconds("exec '" BATCHPROOF_TOOL "' process -", 10, effort.repetitions(51));
  });
#ifdef BATCHPROOF_WITH_IDEMPOTENCY
  // Nobody listens on the port: it starts, signs a request, finds no store, and answers that its record
  // failed.
  add("a function with idempotency and dead letters, stripped", "MB", 1.0,
      [] { return megabytes(BATCHPROOF_WITH_IDEMPOTENCY); });
  add("the same, 1 record, no store there, start to exit", "ms", 20.0, [=] {
    return start_to_exit_milliseconds(
        "AWS_ENDPOINT_URL=http://127.0.0.1:9 AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=A "
        "AWS_SECRET_ACCESS_KEY=S exec '" BATCHPROOF_WITH_IDEMPOTENCY "'",
        1, effort.repetitions(51));
  });
#endif
}

}  // namespace batchproof::bench
