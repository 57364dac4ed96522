// The first batch of a process may be handled otherwise than all later ones. Only the first case that a
// process runs can show that.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <batchproof/gtest.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../scratch_path.hpp"

namespace batchproof::properties {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const VerifyHandlerOptions order_bodies{.accepted = {"good"}, .rejected = {"bad"}, .cases = 100, .seed = 7};

void refuse_bad(const SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no order");
}

/// The first message of a process is only used to connect.
void connect_with_the_first(const SqsRecord& record) {
  static bool is_connected = false;
  if (!std::exchange(is_connected, true)) return;
  refuse_bad(record);
}

TEST(ColdStarts, FindAHandlerThatPassesOverTheFirstMessage) {
  const Report report = verify_handler<SqsRecord>(connect_with_the_first, order_bodies);
  ASSERT_FALSE(report.passed());
  EXPECT_TRUE(report.counterexample().needs_cold_start);
  EXPECT_THAT(report.found_in(), StartsWith("cold start ")) << report;
  EXPECT_EQ(report.counterexample().batch_case.records.size(), 1U) << report;
  EXPECT_TRUE(report.counterexample().batch_case.records.front().rejected) << report;
  EXPECT_EQ(report.counterexample().confirmation, Confirmation::executed_again) << report;
  EXPECT_FALSE(report.counterexample().violations.empty());
  EXPECT_THAT(report.text(), HasSubstr("only the first batch of a process shows this"));
}

TEST(ColdStarts, FindAProcessorThatLosesTheFirstBatch) {
  static bool is_warm = false;
  const Report report = batchproof::verify_processor<SqsRecord>(
      [](std::string_view payload, RecordProbe& probe) -> std::string {
        if (!std::exchange(is_warm, true)) return R"({"batchItemFailures":[]})";
        static const BatchProcessor<SqsRecord> processor;
        return process_partial_response(
            payload, [&](const SqsRecord& record) { probe(record); }, processor);
      },
      {.cases = 100, .seed = 7});
  ASSERT_FALSE(report.passed());
  EXPECT_EQ(report.broken_law(), "nothing-lost") << report;
  EXPECT_THAT(report.found_in(), StartsWith("cold start ")) << report;
}

TEST(ColdStarts, AccuseNoHandlerThatLoadsWhatItNeedsOnFirstUse) {
  const Report report = verify_handler<SqsRecord>(
      [](const SqsRecord& record) {
        static std::optional<std::string> expected;
        if (!expected) expected = "good";
        if (record.body() != *expected) throw std::invalid_argument("no order");
      },
      order_bodies);
  EXPECT_TRUE(report.passed()) << report;
}

/// Such as a connection that a copy of the process cannot use.
TEST(ColdStarts, AccuseNoHandlerThatWorksInNoCopyOfItsProcess) {
  const pid_t here = getpid();
  const Report report = verify_handler<SqsRecord>(
      [here](const SqsRecord& record) {
        if (getpid() != here) throw std::runtime_error("another process");
        refuse_bad(record);
      },
      order_bodies);
  EXPECT_TRUE(report.passed()) << report;
}

/// Such as a connection that is made again after it was lost.
TEST(ColdStarts, AccuseNoHandlerThatFailsOnceInACopyOfItsProcess) {
  pid_t connected = getpid();
  const Report report = verify_handler<SqsRecord>(
      [&connected](const SqsRecord& record) {
        if (std::exchange(connected, getpid()) != getpid()) throw std::runtime_error("connection lost");
        refuse_bad(record);
      },
      order_bodies);
  EXPECT_TRUE(report.passed()) << report;
}

TEST(ColdStarts, FindASavedCaseAgain) {
  VerifyHandlerOptions options = order_bodies;
  options.regressions = scratch_path("cold_start");  // kept until the end, for the program that confirms it
  const Report first = verify_handler<SqsRecord>(connect_with_the_first, options);
  const Report report = verify_handler<SqsRecord>(connect_with_the_first, options);
  EXPECT_FALSE(first.passed());
  EXPECT_EQ(load_regressions(options.regressions).size(), 1U);
  EXPECT_THAT(report.found_in(), HasSubstr("the saved case ")) << report;
  EXPECT_TRUE(report.counterexample().needs_cold_start);
  EXPECT_TRUE(verify_handler<SqsRecord>(refuse_bad, options).passed());
  std::filesystem::remove_all(options.regressions);
}

TEST(ColdStarts, LeaveWhatEveryBatchShowsToTheOtherCases) {
  const Report report = verify_handler<SqsRecord>([](const SqsRecord&) {}, order_bodies);
  EXPECT_EQ(report.broken_law(), "verdict");
  EXPECT_THAT(report.found_in(), StartsWith("small case ")) << report;
}

TEST(ColdStarts, FindWhatOnlyTheSecondBatchOfAProcessShows) {
  const Report report = verify_handler<SqsRecord>(
      [](const SqsRecord& record) {
        static int batches = 0;
        if (record.index() == 0) ++batches;
        if (batches != 2) refuse_bad(record);
      },
      order_bodies);
  ASSERT_FALSE(report.passed());
  EXPECT_THAT(report.found_in(), StartsWith("cold start ")) << report;
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "x");
}

/// Only a good order connects, and a bad one uses the connection too.
void count_in_a_table_that_a_good_order_opens(const SqsRecord& record) {
  static int* counter = nullptr;
  static int table = 0;
  if (record.body() == "good") counter = &table;
  if (counter == nullptr) std::abort();
  ++*counter;
  refuse_bad(record);
}

TEST(ColdStarts, FindAHandlerThatEndsTheProcessIfItBeginsWithABadOrder) {
  VerifyHandlerOptions options = order_bodies;
  options.regressions = scratch_path("cold_end");
  const Report report = verify_handler<SqsRecord>(count_in_a_table_that_a_good_order_opens, options);
  ASSERT_FALSE(report.passed());
  EXPECT_EQ(report.broken_law(), "survives");
  EXPECT_EQ(report.found_in(), "cold start 3") << report;
  EXPECT_EQ(report.counterexample().batch_case.pattern(), "x");
  EXPECT_EQ(load_regressions(options.regressions).size(), 1U);
  std::filesystem::remove_all(options.regressions);
}

TEST(ColdStarts, LeaveWhatEveryBatchEndsToTheOtherCases) {
  const Report report = verify_handler<SqsRecord>([](const SqsRecord&) { std::abort(); }, order_bodies);
  EXPECT_EQ(report.broken_law(), "survives");
  EXPECT_THAT(report.found_in(), StartsWith("small case ")) << report;
}

/// Each start seems to take a second.
TEST(ColdStarts, AreFewWhereEachTakesLong) {
  void* const memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  auto& starts = *new (memory) std::atomic<int>(0);
  const pid_t here = getpid();
  const auto subject = [&](std::string_view payload, RecordProbe& probe) {
    static pid_t started = here;
    if (std::exchange(started, getpid()) != getpid()) ++starts;
    static const BatchProcessor<SqsRecord> processor;
    return process_partial_response(
        payload, [&](const SqsRecord& record) { probe(record); }, processor);
  };
  const VerifySettings settings{.cases = 10, .seed = 7, .processes = Processes::any, .time_not_counted = [&] {
                                  return -std::chrono::seconds(starts.load());
                                }};
  EXPECT_TRUE(verify_laws(processor_laws(), fixtures::Source::sqs, subject, {}, settings).passed());
  EXPECT_LE(starts, 5) << "two within the time, and one for each of the stages in a child process";
  munmap(memory, 4096);
}

TEST(ColdStarts, AreNotedWhereNoProgramConfirmsThem) {
  if (is_executed_again()) return;  // as if the program could run only once at a time
  const Report report = verify_handler<SqsRecord>(
      [](const SqsRecord& record) {
        static bool is_connected = false;
        if (std::exchange(is_connected, true)) refuse_bad(record);
      },
      order_bodies);
  EXPECT_TRUE(report.passed()) << report;
  EXPECT_THAT(report.notes(),
              Contains("cold start 3 violated the law repeatable in a copy of the process; no program that "
                       "was executed again could confirm it"));
}

const std::filesystem::path folder_at_start = std::filesystem::current_path();
const bool has_variable_at_start = std::getenv("BATCHPROOF_OF_THIS_TEST") != nullptr;

/// Otherwise a program that leaves its folder at its start would not find it again.
TEST(ColdStarts, AreConfirmedInTheFolderAndTheEnvironmentOfTheProgramsStart) {
  if (is_executed_again() && (folder_at_start == "/" || has_variable_at_start)) return;
  std::filesystem::current_path("/");
  setenv("BATCHPROOF_OF_THIS_TEST", "1", 1);
  const Report report = verify_handler<SqsRecord>(connect_with_the_first, order_bodies);
  unsetenv("BATCHPROOF_OF_THIS_TEST");
  std::filesystem::current_path(folder_at_start);
  EXPECT_FALSE(report.passed()) << report;
}

/// The helper, such as a server of the fixture, would outlive the test, and hold the socket open.
TEST(ColdStarts, EndWhatTheConfirmingProgramStarted) {
  const std::string path = ::testing::TempDir() + "batchproof_helper_of_" +
                           std::to_string(is_executed_again() ? getppid() : getpid());
  if (is_executed_again() && fork() == 0) {
    flock(open(path.c_str(), O_RDWR | O_CREAT, 0600), LOCK_SH);
    while (true) pause();
  }
  EXPECT_FALSE(verify_handler<SqsRecord>(connect_with_the_first, order_bodies).passed());
  const int file = open(path.c_str(), O_RDWR | O_CREAT, 0600);
  flock(file, LOCK_EX);  // waits for ever where a helper still runs
  close(file);
  std::filesystem::remove(path);
}

void wait_for_all_children(int) {
  const int before = errno;
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  errno = before;
}

TEST(ColdStarts, AreFoundInAProgramThatWaitsForAllItsChildren) {
  struct sigaction before {
  }, waits{}, after{};
  waits.sa_handler = wait_for_all_children;
  sigaction(SIGCHLD, &waits, &before);
  const Report right = verify_handler<SqsRecord>(refuse_bad, order_bodies);
  const Report report = verify_handler<SqsRecord>(connect_with_the_first, order_bodies);
  sigaction(SIGCHLD, &before, &after);
  EXPECT_TRUE(right.passed()) << right;
  EXPECT_FALSE(report.passed()) << report;
  EXPECT_EQ(after.sa_handler, wait_for_all_children);
}

class ColdStartsAfterAVerificationOfTheSuite : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!verify_handler<SqsRecord>(refuse_bad, order_bodies).passed()) std::abort();
  }
};

/// The program that is executed again reaches that verification, of the same laws, first.
TEST_F(ColdStartsAfterAVerificationOfTheSuite, AreConfirmed) {
  EXPECT_FALSE(verify_handler<SqsRecord>(connect_with_the_first, order_bodies).passed());
}

TEST(ReplayCommands, EnableATestThatAVariableEnabled) {
  using Arguments = std::vector<std::string>;
  EXPECT_EQ(detail::narrow_to("Suite.DISABLED_Test", {"./tests", "--gtest_filter=*"}),
            (Arguments{"./tests", "--gtest_also_run_disabled_tests", "--gtest_filter=Suite.DISABLED_Test"}));
  EXPECT_EQ(detail::narrow_to("Suite.Test", {"./tests", "--gtest_also_run_disabled_tests"}),
            (Arguments{"./tests", "--gtest_filter=Suite.Test"}));
}

TEST(ReplayCommands, RunATestWhoseNameHoldsWhatSeparatesPatterns) {
  EXPECT_EQ(detail::narrow_to("order-handler::sqs.verdict", {"./tests"}),
            (std::vector<std::string>{"./tests", "--gtest_filter=order?handler??sqs.verdict"}));
}

}  // namespace
}  // namespace batchproof::properties
