#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

fixtures::BatchCase case_with_fields() {
  auto batch = case_of("o");
  batch.records[0].fields = {{"body", "a"}, {"awsRegion", "us-east-2"}};
  return batch;
}

Observation run_that_shows(fixtures::SeenFields fields, bool every_field = false) {
  auto run = run_of(case_with_fields(), {0}, response_with({}));
  run.calls[0].fields = std::move(fields);
  run.calls[0].shows_every_field = every_field;
  return run;
}

TEST(Faithful, JudgesOnlyWhereFieldsWereShown) {
  EXPECT_FALSE(
      is_judged_by(faithful, case_with_fields(), run_of(case_with_fields(), {0}, response_with({}))));
  EXPECT_TRUE(is_judged_by(faithful, case_with_fields(), run_that_shows({{"body", "a"}})));
}

TEST(Faithful, DoesNotJudgeARecordWhoseFieldsTheCaseDoesNotHold) {
  auto without_fields = case_of("o");
  without_fields.records[0].fields = {};
  EXPECT_FALSE(is_judged_by(faithful, without_fields, run_that_shows({{"body", "a"}})));
  EXPECT_THAT(judge_by(faithful, without_fields, run_that_shows({{"body", "a"}})), IsEmpty());
}

TEST(Faithful, HoldsWhenWhatIsShownIsWhatWasSent) {
  EXPECT_THAT(judge_by(faithful, case_with_fields(), run_that_shows({{"body", "a"}})), IsEmpty());
}

TEST(Faithful, IsViolatedByAnotherValue) {
  EXPECT_THAT(judge_by(faithful, case_with_fields(), run_that_shows({{"body", std::string("a\0", 2)}})),
              ElementsAre(R"(record 0 ("m0"): body is "a"; the handler saw "a\x00")"));
}

TEST(Faithful, IsViolatedByAFieldThatIsNotThere) {
  EXPECT_THAT(judge_by(faithful, case_with_fields(), run_that_shows({{"receiptHandle", "r"}})),
              ElementsAre(HasSubstr("has no receiptHandle")));
}

TEST(Faithful, IsViolatedByAMissingFieldWhereAllAreShown) {
  EXPECT_THAT(judge_by(faithful, case_with_fields(), run_that_shows({{"body", "a"}}, true)),
              ElementsAre(HasSubstr("awsRegion is \"us-east-2\"; the handler did not see it")));
}

}  // namespace
}  // namespace batchproof::properties
