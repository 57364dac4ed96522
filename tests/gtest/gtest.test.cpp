#include <gtest/gtest-spi.h>
#include <batchproof/gtest.hpp>

#include <stdexcept>

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

}  // namespace
}  // namespace batchproof
