#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::IsEmpty;

TEST(WellFormed, HoldsForTheResponseOfTheGuide) {
  const auto batch = case_of("xx");
  EXPECT_THAT(judge_by(well_formed, batch, run_of(batch, {0, 1}, response_with({"m0", "m1"}))), IsEmpty());
  EXPECT_THAT(judge_by(well_formed, batch, run_of(batch, {0, 1}, response_with({}))), IsEmpty());
}

TEST(WellFormed, HoldsForAnyJsonThatTheServiceReadsAlike) {
  const auto batch = case_of("x");
  for (const char* response :
       {R"({ "batchItemFailures" : [ { "itemIdentifier" : "m0" } ] })", "{\"batchItemFailures\": []}\n",
        R"({"state":1,"batchItemFailures":[{"itemIdentifier":"m0","reason":"no"}]})",
        R"({"batchItemFailures":[{"itemIdentifier":"m0"},{"itemIdentifier":"m0"}]})",
        R"({"batchItemFailures":[{"itemIdentifier":"\u006d0"}]})"}) {
    EXPECT_THAT(judge_by(well_formed, batch, run_of(batch, {0}, response)), IsEmpty()) << response;
  }
}

TEST(WellFormed, HoldsForEachFormOfACompleteSuccess) {
  const auto batch = case_of("o");
  for (const char* response : {"null", "{}", R"({"batchItemFailures":null})", R"({"statusCode":200})"})
    EXPECT_THAT(judge_by(well_formed, batch, run_of(batch, {0}, response)), IsEmpty()) << response;
}

TEST(WellFormed, IsViolatedByAnythingElse) {
  const auto batch = case_of("x");
  for (const char* response :
       {"", "null", "{}", R"({"batchItemFailures":null})", R"({"batchItemFailures":[]}{})",
        R"({"batchItemFailures":["m0"]})", R"({"statusCode":200,"body":"{}"})",
        R"({"BatchItemFailures":[{"itemIdentifier":"m0"}]})",
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
