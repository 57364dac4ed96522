#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::Eq;
using ::testing::IsEmpty;

TEST(WellFormed, HoldsForTheResponseOfTheGuide) {
  const auto batch = case_of("xx");
  EXPECT_THAT(judge_by(well_formed, batch, run_of(batch, {0, 1}, response_with({"m0", "m1"}))), IsEmpty());
  EXPECT_THAT(judge_by(well_formed, batch, run_of(batch, {0, 1}, response_with({}))), IsEmpty());
}

TEST(WellFormed, HoldsForEscapedIdentifiers) {
  for (const char* response : {R"({"batchItemFailures":[{"itemIdentifier":"a\"\\\u00e9b"}]})",
                               R"({"batchItemFailures":[{"itemIdentifier":"\/é"}]})"}) {
    EXPECT_EQ(flaw_in_response(response), std::nullopt) << response;
  }
}

TEST(WellFormed, IsViolatedByAnythingElse) {
  const auto batch = case_of("x");
  for (const char* response :
       {"", "null", "{}", R"({"batchItemFailures":null})", R"({"batchItemFailures": []})",
        R"({"batchItemFailures":[]} )", R"({"batchItemFailures":[]}{})",
        R"({"batchItemFailures":[],"state":1})", R"({"batchItemFailures":["m0"]})",
        R"({"batchItemFailures":[{"itemIdentifier":null}]})",
        R"({"batchItemFailures":[{"itemIdentifier":""}]})", R"({"batchItemFailures":[{"messageId":"m0"}]})",
        R"({"batchItemFailures":[{"itemIdentifier":"m0"},]})",
        R"({"batchItemFailures":[{"itemIdentifier":"a"b"}]})",
        R"({"batchItemFailures":[{"itemIdentifier":"m9"}]})",
        R"({"batchItemFailures":[{"itemIdentifier":"m0)", R"({"batchItemFailures":[{"itemIdentifier":"\)"}) {
    EXPECT_EQ(judge_by(well_formed, batch, run_of(batch, {0}, response)).size(), 1U) << response;
  }
}

TEST(WellFormed, AsksForAnAnswerToAnEmptyBatch) {
  const auto batch = case_of("");
  EXPECT_EQ(judge_by(well_formed, batch, thrown_run_of(batch, {})).size(), 1U);
}

TEST(WellFormed, AsksForAnAnswerWhereTheProcessorClaimsToGiveOne) {
  const auto batch = case_of("x");
  EXPECT_THAT(judge_by(well_formed, batch, thrown_run_of(batch, {0})), IsEmpty());
  EXPECT_EQ(judge_by(well_formed, batch, thrown_run_of(batch, {0}), {.raise_on_entire_batch_failure = false})
                .size(),
            1U);
}

}  // namespace
}  // namespace batchproof::properties
