#include <gtest/gtest-spi.h>
#include <batchproof/gtest.hpp>

#include <batchproof/fixtures/sqs_message.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace batchproof {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void handle_order(const SqsRecord& record) {
  if (record.body() != "good") throw std::invalid_argument("no good");
}

void accept_anything(const SqsRecord&) {}

const VerifyHandlerOptions good_and_bad{.accepted = {"good"}, .rejected = {"bad"}, .cases = 50, .seed = 7};

TEST(GoogleTestAdapter, TakesAReportForAnAssertion) {
  EXPECT_TRUE(verify_handler<SqsRecord>(handle_order, good_and_bad));
  ASSERT_TRUE(verify_handler<SqsRecord>(handle_order, good_and_bad));
  EXPECT_FALSE(verify_handler<SqsRecord>(accept_anything, good_and_bad));
}

TEST(GoogleTestAdapter, PrintsTheWholeReportOfAFailure) {
  const auto fail = [] { EXPECT_TRUE(verify_handler<SqsRecord>(accept_anything, good_and_bad)); };
  EXPECT_NONFATAL_FAILURE(fail(), "the law verdict is broken");
  EXPECT_NONFATAL_FAILURE(fail(), "pattern   x");
  EXPECT_NONFATAL_FAILURE(fail(), "must be rejected, and the handler succeeded");
  EXPECT_NONFATAL_FAILURE(fail(), "BATCHPROOF_SEED=7 BATCHPROOF_CASES=50 ");
  EXPECT_NONFATAL_FAILURE(fail(), "--gtest_filter=GoogleTestAdapter.PrintsTheWholeReportOfAFailure");
}

TEST(ReportsExactly, MatchesTheResponseWithTheseIdentifiersInThisOrder) {
  const std::string response = R"({"batchItemFailures":[{"itemIdentifier":"m2"},{"itemIdentifier":"m5"}]})";
  EXPECT_THAT(response, ReportsExactly("m2", "m5"));
  EXPECT_THAT(response, Not(ReportsExactly("m5", "m2")));
  EXPECT_THAT(response, Not(ReportsExactly("m2")));
  EXPECT_THAT(response, Not(ReportsNothing()));
  EXPECT_THAT("{}", Not(ReportsNothing()));
  EXPECT_THAT(R"({"batchItemFailures":[]})", ReportsNothing());
}

TEST(ReportsExactly, SaysWhatIsMissingAndWhatIsTooMuch) {
  const std::string response = R"({"batchItemFailures":[{"itemIdentifier":"m2"},{"itemIdentifier":"m5"}]})";
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(response, ReportsExactly("m2", "m3")),
                          R"(does not report ["m3"] and reports ["m5"] too)");
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT("{}", ReportsNothing()), "no response that the service reads");
}

TEST(HandledInOrder, MatchesCallsInThisOrderAndNoOther) {
  fixtures::BatchCase batch;
  batch.records.push_back(fixtures::to_case_record(fixtures::SqsMessage{.message_id = "m1"}));
  batch.records.push_back(fixtures::to_case_record(fixtures::SqsMessage{.message_id = "m2"}));
  RecordProbe probe(batch);
  EXPECT_THAT(probe, HandledInOrder());
  process_partial_response(
      batch.payload(), [&](const SqsRecord& record) { probe(record); }, BatchProcessor<SqsRecord>());
  EXPECT_THAT(probe, HandledInOrder("m1", "m2"));
  EXPECT_THAT(probe, Not(HandledInOrder("m2", "m1")));

  const std::vector<std::string> handled{"m1", "m2"};
  EXPECT_THAT(handled, HandledInOrder("m1", "m2"));
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(handled, HandledInOrder("m1")), R"(call 1 is for "m2", none expected)");
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(handled, HandledInOrder("m1", "m3")),
                          R"(call 1 is for "m2", "m3" expected)");
  EXPECT_NONFATAL_FAILURE(EXPECT_THAT(handled, HandledInOrder("m1", "m2", "m3")),
                          R"(call 2 was never made, "m3" expected)");
}

}  // namespace
}  // namespace batchproof
