#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr fixtures::ProcessorClaims skips_group{.skip_group_on_error = true};

TEST(SkipTheGroup, AppliesToFifoQueuesThatSkipGroups) {
  EXPECT_TRUE(skip_the_group.applies(fixtures::Source::sqs_fifo, skips_group));
  EXPECT_FALSE(skip_the_group.applies(fixtures::Source::sqs_fifo, {}));
  EXPECT_FALSE(skip_the_group.applies(fixtures::Source::sqs, skips_group));
}

TEST(SkipTheGroup, HoldsWhenAFailureStopsItsOwnGroup) {
  const auto batch = fifo_case("xoo", "aba");
  EXPECT_THAT(
      judge_by(skip_the_group, batch, run_of(batch, {0, 1}, response_with({"m0", "m2"})), skips_group),
      IsEmpty());
}

TEST(SkipTheGroup, IsViolatedByAnotherGroupThatIsStopped) {
  const auto batch = fifo_case("xo", "ab");
  EXPECT_THAT(judge_by(skip_the_group, batch, run_of(batch, {0}, response_with({"m0", "m1"})), skips_group),
              ElementsAre(HasSubstr("record 1 (\"m1\") is stopped")));
}

TEST(SkipTheGroup, IsViolatedByAFailedGroupThatGoesOn) {
  const auto batch = fifo_case("xo", "aa");
  EXPECT_THAT(
      judge_by(skip_the_group, batch, run_of(batch, {0, 1}, response_with({"m0", "m1"})), skips_group),
      ElementsAre(HasSubstr("record 1 (\"m1\") is handled after a failure in its message group")));
}

TEST(SkipTheGroup, IsViolatedByASkippedRecordOrAFailedOneThatIsNotReported) {
  const auto batch = fifo_case("xo", "aa");
  EXPECT_EQ(judge_by(skip_the_group, batch, run_of(batch, {0}, response_with({"m0"})), skips_group).size(),
            1U);
  EXPECT_EQ(judge_by(skip_the_group, batch, run_of(batch, {0}, response_with({"m1"})), skips_group).size(),
            1U);
}

TEST(SkipTheGroup, TakesARecordWithoutAGroupToDependOnAllBeforeItAndToStopAllAfterIt) {
  const auto batch = fifo_case("xoo", "a-b");
  EXPECT_THAT(
      judge_by(skip_the_group, batch, run_of(batch, {0}, response_with({"m0", "m1", "m2"})), skips_group),
      IsEmpty());
  EXPECT_EQ(
      judge_by(skip_the_group, batch, run_of(batch, {0, 2}, response_with({"m0", "m1"})), skips_group).size(),
      2U);
}

}  // namespace
}  // namespace batchproof::properties
