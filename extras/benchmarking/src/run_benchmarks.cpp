// Runs the registered benchmarks, and writes the files for github-action-benchmark:
//
//     KeepingReporter reporter;
//     benchmark::RunSpecifiedBenchmarks(&reporter);
//     write_times(*times_file, reporter.results());

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <batchproof/benchmarking/run_benchmarks.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "counted_invocation.hpp"

namespace batchproof::inline v0_1 {
namespace {

using nlohmann::ordered_json;

/// Takes the option `NAME=VALUE` out of the arguments.
std::optional<std::string> take_option(std::vector<char*>& arguments, std::string_view name) {
  const auto found = std::find_if(arguments.begin() + 1, arguments.end(), [&](std::string_view argument) {
    return argument.starts_with(name) && argument.substr(name.size()).starts_with('=');
  });
  if (found == arguments.end()) return std::nullopt;
  std::string value = *found + name.size() + 1;
  arguments.erase(found);
  return value;
}

struct Result {
  std::string name;
  double microseconds = 0;  ///< the median of several repetitions
};

/// Prints as Google Benchmark would, and keeps the time of each benchmark.
class KeepingReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override { return printer_->ReportContext(context); }
  void Finalize() override { printer_->Finalize(); }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) keep(run);
    printer_->ReportRuns(runs);
  }

  bool failed() const { return failed_; }

  /// In the order in which they were registered. Throws `std::runtime_error` for two of one name, which could
  /// not be compared with earlier results.
  std::vector<Result> results() const {
    std::vector<Result> results;
    std::set<std::string> names;
    for (const auto& [place, result] : results_) {
      if (!names.insert(result.name).second)
        throw std::runtime_error("two benchmarks are called " + result.name);
      results.push_back(result);
    }
    return results;
  }

 private:
  /// Google Benchmark reports the median after its repetitions; it replaces them.
  void keep(const Run& run) {
    failed_ |= run.error_occurred;
    const bool is_time = run.run_type == Run::RT_Iteration || run.aggregate_name == "median";
    if (run.error_occurred || !is_time) return;
    results_[{run.family_index, run.per_family_instance_index}] = {
        run.run_name.str(),
        run.GetAdjustedRealTime() / benchmark::GetTimeUnitMultiplier(run.time_unit) * 1e6};
  }

  benchmark::BenchmarkReporter* printer_ =
      benchmark::CreateDefaultDisplayReporter();  // Google Benchmark's own
  std::map<std::pair<std::int64_t, std::int64_t>, Result> results_;
  bool failed_ = false;
};

ordered_json row_of(const Result& result, const char* unit, ordered_json value) {
  return {{"name", result.name}, {"unit", unit}, {"value", std::move(value)}};
}

void write(const std::string& file, const ordered_json& rows) {
  std::ofstream out(file);
  out << fixtures::to_valid_text(rows, 1) << '\n';
  if (!out.flush()) throw std::runtime_error(file + " cannot be written");
}

/// To six digits, so that a time below a nanosecond is not 0, by which none can be divided.
double rounded(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return std::strtod(text.data(), nullptr);
}

void write_times(const std::string& file, const std::vector<Result>& results) {
  ordered_json rows = ordered_json::array();
  for (const Result& result : results) rows.push_back(row_of(result, "us", rounded(result.microseconds)));
  write(file, rows);
}

void write_instructions(const std::string& file, const std::vector<Result>& results) {
  ordered_json rows = ordered_json::array();
  for (const Result& result : results) {
    const auto count = detail::count_instructions(result.name);
    if (count != 0) rows.push_back(row_of(result, "instructions", count));
  }
  write(file, rows);
}

}  // namespace

int run_benchmarks(int argument_count, char** argument_values) {
  std::vector<char*> arguments(argument_values, argument_values + argument_count);
  const auto times_file = take_option(arguments, "--times_out");
  const auto instructions_file = take_option(arguments, "--instructions_out");
  std::string repeat = "--benchmark_repetitions=5";
  if (times_file) arguments.insert(arguments.begin() + 1, repeat.data());  // the last one given counts
  int count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;

  KeepingReporter reporter;
  const std::size_t run = benchmark::RunSpecifiedBenchmarks(&reporter);
  if (reporter.failed() || run == 0) return 1;
  try {
    const auto results = reporter.results();
    if (times_file) write_times(*times_file, results);
    if (instructions_file) write_instructions(*instructions_file, results);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "batchproof: %s\n", error.what());
    return 2;
  }
  return 0;
}

}  // namespace batchproof::inline v0_1
