#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
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

TEST(WellFormed, WantsTheErrorOfThisLibraryToHoldAllThatFailed) {
  const auto batch = case_of("xxxxx");
  Observation run = thrown_run_of(batch, {0, 1, 2, 3, 4});
  run.is_of_this_library = true;
  const auto judge = [&](const std::string& error, std::size_t exceptions, const std::string& response) {
    run.error = error;
    run.all_failed = AllFailed{exceptions, response};
    return judge_by(well_formed, batch, run);
  };
  const std::string error =
      "all 5 records of the batch failed: record 0 (m0): a; record 1 (m1): b; record 2 (m2): c; and 2 more";
  const std::string response = response_with({"m0", "m1", "m2", "m3", "m4"});
  EXPECT_THAT(judge(error, 5, response), IsEmpty());
  EXPECT_THAT(judge(error, 4, response), ElementsAre(HasSubstr("4 exceptions for 5 records")));
  EXPECT_THAT(judge(error, 5, response_with({"m0", "m1", "m2", "m3"})),
              ElementsAre(HasSubstr("leaves out record 4")));
  EXPECT_THAT(judge("all 5 records of the batch failed: record 0 (m0): a; record 1 (m1): b; record 2 (m2): c",
                    5, response),
              ElementsAre(HasSubstr("; and 2 more")));
}

}  // namespace
}  // namespace batchproof::properties
