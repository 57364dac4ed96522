// The first batch of a process may be handled otherwise than all later ones. Only the first case that a
// process runs can show that.

#include <gmock/gmock.h>
#include <unistd.h>

#include <batchproof/gtest.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/verify.hpp>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "../scratch_path.hpp"

namespace batchproof::properties {
namespace {

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

}  // namespace
}  // namespace batchproof::properties
