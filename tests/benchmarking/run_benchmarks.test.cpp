#include <batchproof/benchmarking/run_benchmarks.hpp>

#include <benchmark/benchmark.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <batchproof/benchmarking.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "../scratch_path.hpp"

namespace batchproof {
namespace {

using ::testing::HasSubstr;

void do_nothing(benchmark::State& state) {
  for (auto _ : state) {
  }
}

void end_in_error(benchmark::State& state) { state.SkipWithError("no such order"); }

class RunBenchmarks : public ::testing::Test {
 protected:
  const std::string times = scratch_path("times.json");

  void SetUp() override { std::filesystem::remove(times); }
  void TearDown() override {
    benchmark::ClearRegisteredBenchmarks();
    std::filesystem::remove(times);
  }

  /// Runs the registered benchmarks as a program with these arguments; prints nothing.
  int run(std::vector<std::string> options, const std::string& file) {
    options.insert(options.begin(), {"program", "--benchmark_filter=."});  // the last test's would go on
    options.push_back("--times_out=" + file);
    options.emplace_back("--benchmark_min_time=0");
    std::vector<char*> arguments;
    for (std::string& option : options) arguments.push_back(option.data());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int status = run_benchmarks(static_cast<int>(arguments.size()), arguments.data());
    printed = ::testing::internal::GetCapturedStdout();
    complaint = ::testing::internal::GetCapturedStderr();
    return status;
  }
  int run(const std::vector<std::string>& options = {}) { return run(options, times); }

  std::string printed;
  std::string complaint;
};

TEST_F(RunBenchmarks, WritesOneMedianForEachBenchmark) {
  benchmark::RegisterBenchmark("first", do_nothing)->Arg(10);
  benchmark::RegisterBenchmark("second", do_nothing);
  ASSERT_EQ(run(), 0) << complaint;
  EXPECT_THAT(printed, HasSubstr("first/10_cv"));  // Google Benchmark's own table is as it was

  std::ifstream file(times);
  const auto rows = nlohmann::json::parse(file);  // which refuses NaN, as JavaScript does
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("name"), "first/10");
  EXPECT_EQ(rows[1].at("name"), "second");
  for (const auto& row : rows) {
    EXPECT_EQ(row.at("unit"), "us");
    EXPECT_TRUE(row.at("value").is_number());
  }
}

TEST_F(RunBenchmarks, WritesTheTimeOfASingleRepetition) {
  benchmark::RegisterBenchmark("first", do_nothing);
  ASSERT_EQ(run({"--benchmark_repetitions=1"}), 0) << complaint;
  std::ifstream file(times);
  EXPECT_EQ(nlohmann::json::parse(file).at(0).at("name"), "first");
}

TEST_F(RunBenchmarks, WritesTimesBelowANanosecond) {
  benchmark::RegisterBenchmark("short",
                               [](benchmark::State& state) {
                                 for (auto _ : state) state.SetIterationTime(3e-10);
                               })
      ->UseManualTime()
      ->Iterations(1);
  ASSERT_EQ(run(), 0) << complaint;
  std::ifstream file(times);
  EXPECT_NEAR(nlohmann::json::parse(file).at(0).at("value").get<double>(), 3e-4, 1e-9);
}

TEST_F(RunBenchmarks, FailsWhenABenchmarkEndsInAnError) {
  benchmark::RegisterBenchmark("good", do_nothing);
  benchmark::RegisterBenchmark("bad", end_in_error);
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(printed, HasSubstr("no such order"));
  EXPECT_FALSE(std::filesystem::exists(times));
}

TEST_F(RunBenchmarks, FailsWhenNothingWasRun) {
  benchmark::RegisterBenchmark("first", do_nothing);
  EXPECT_EQ(run({"--benchmark_filter=none_of_them"}), 1);
  EXPECT_FALSE(std::filesystem::exists(times));
}

TEST_F(RunBenchmarks, RefusesTwoBenchmarksOfOneName) {
  benchmark::RegisterBenchmark("same", do_nothing);
  benchmark::RegisterBenchmark("same", do_nothing);
  EXPECT_EQ(run(), 2);
  EXPECT_THAT(complaint, HasSubstr("batchproof: two benchmarks are called same"));
  EXPECT_FALSE(std::filesystem::exists(times));
}

TEST_F(RunBenchmarks, RefusesAnArgumentThatItDoesNotKnow) {
  benchmark::RegisterBenchmark("first", do_nothing);
  EXPECT_EQ(run({"--timesout=elsewhere.json"}), 2);
  EXPECT_THAT(complaint, HasSubstr("--timesout"));
}

TEST_F(RunBenchmarks, SaysWhichFileItCannotWrite) {
  benchmark::RegisterBenchmark("first", do_nothing);
  EXPECT_EQ(run({}, "/no/such/folder/times.json"), 2);
  EXPECT_THAT(complaint, HasSubstr("batchproof: /no/such/folder/times.json cannot be written"));
}

/// Valgrind runs this program again; GTEST_FILTER leaves it the only test.
class CountedInvocation : public ::testing::Test {
 protected:
  static bool is_run_again() { return std::getenv("BATCHPROOF_COUNT_INSTRUCTIONS") != nullptr; }

  /// False where valgrind is missing, and of a program with a sanitizer.
  static bool valgrind_runs_this_program() {
    const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
    const std::string command =
        "valgrind -q --tool=none '" + program + "' --gtest_list_tests >/dev/null 2>&1";
    return std::system(command.c_str()) == 0;
  }

  static int run_with(std::vector<std::string> options) {
    std::vector<char*> arguments;
    for (std::string& option : options) arguments.push_back(option.data());
    return run_benchmarks(static_cast<int>(arguments.size()), arguments.data());
  }

  void SetUp() override {
    const auto handle = [](const SqsRecord&) {};
    const BenchmarkHandlerOptions options{.accepted = {"good"}, .records = {10}};
    benchmark_handler<SqsRecord>("with brackets [a] {b} (c) a+b|c", handle, options);
    benchmark_handler<SqsRecord>("repeated", handle, options)->Repetitions(3);
  }
  void TearDown() override { benchmark::ClearRegisteredBenchmarks(); }
};

TEST_F(CountedInvocation, IsOneWhateverTheNameAndTheSettings) {
  if (is_run_again()) {
    EXPECT_EQ(run_with(::testing::internal::GetArgvs()), 0);
    return;
  }
  if (!valgrind_runs_this_program()) GTEST_SKIP() << "valgrind does not run this program";
  const std::string file = scratch_path("instructions.json");
  const std::string results = scratch_path("results.json");  // of this run, not of those under valgrind
  setenv("BENCHMARK_OUT", results.c_str(), 1);
  setenv("GTEST_FILTER", "CountedInvocation.IsOneWhateverTheNameAndTheSettings", 1);
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int status =
      run_with({"program", "--benchmark_filter=.", "--benchmark_min_time=0", "--instructions_out=" + file});
  ::testing::internal::GetCapturedStdout();
  const std::string complaint = ::testing::internal::GetCapturedStderr();
  unsetenv("GTEST_FILTER");
  unsetenv("BENCHMARK_OUT");
  ASSERT_EQ(status, 0) << complaint;
  EXPECT_FALSE(std::filesystem::exists(results));

  std::ifstream written(file);
  const auto rows = nlohmann::json::parse(written);
  ASSERT_EQ(rows.size(), 2U);
  const double once = rows[0].at("value").get<double>();
  EXPECT_GT(once, 0);
  EXPECT_NEAR(rows[1].at("value").get<double>(), once, once / 10);
}

}  // namespace
}  // namespace batchproof
