#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(NothingLost, HoldsWhenEveryRejectedRecordIsReported) {
  const auto batch = case_of("oxxo");
  EXPECT_THAT(judge_by(nothing_lost, batch, run_of(batch, {0, 1, 2, 3}, response_with({"m1", "m2"}))),
              IsEmpty());
}

TEST(NothingLost, IsViolatedByARejectedRecordThatIsNotReported) {
  const auto batch = case_of("oxxo");
  EXPECT_THAT(judge_by(nothing_lost, batch, run_of(batch, {0, 1, 2, 3}, response_with({"m2"}))),
              ElementsAre(HasSubstr("record 1 (\"m1\") failed and is not reported")));
}

TEST(NothingLost, IsViolatedByARecordThatIsNeitherHandledNorReported) {
  const auto batch = case_of("oo");
  EXPECT_THAT(judge_by(nothing_lost, batch, run_of(batch, {0}, response_with({}))),
              ElementsAre(HasSubstr("record 1 (\"m1\") was not handled")));
}

TEST(NothingLost, HoldsWhenTheProcessorThrew) {
  const auto batch = case_of("xo");
  EXPECT_THAT(judge_by(nothing_lost, batch, thrown_run_of(batch, {0})), IsEmpty());
}

TEST(NothingLost, HoldsWhenTheServiceTakesTheResponseForAFailureOfTheWholeBatch) {
  const auto batch = case_of("xo");
  EXPECT_THAT(judge_by(nothing_lost, batch, run_of(batch, {0, 1}, response_with({"unknown"}))), IsEmpty());
}

TEST(NothingLost, IsViolatedByAResponseThatTheServiceTakesForSuccess) {
  const auto batch = case_of("x");
  for (const char* response :
       {"null", "{}", R"({"batchItemFailures":null})", R"({"BatchItemFailures":[]})"}) {
    EXPECT_EQ(judge_by(nothing_lost, batch, run_of(batch, {0}, response)).size(), 1U) << response;
  }
}

TEST(NothingLost, AsksEachTwinToSucceed) {
  auto batch = case_of("ox");
  batch.records[1].item_identifier = "m0";
  EXPECT_EQ(judge_by(nothing_lost, batch, run_of(batch, {0, 1}, response_with({}))).size(), 1U);
  EXPECT_THAT(judge_by(nothing_lost, batch, run_of(batch, {0, 1}, response_with({"m0"}))), IsEmpty());
}

TEST(NothingLost, LetsAStreamReportItsFirstFailureAlone) {
  const auto batch = stream_case("oxox", {"8", "9", "10", "11"});
  const auto run_with = [&](const char* identifier) {
    return run_of(batch, {0, 1, 2, 3}, response_with({identifier}));
  };
  EXPECT_THAT(judge_by(nothing_lost, batch, run_with("9")), IsEmpty());
  EXPECT_EQ(judge_by(nothing_lost, batch, run_with("11")).size(), 1U);
}

}  // namespace
}  // namespace batchproof::properties
