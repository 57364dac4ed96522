#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Contained, HoldsWhereTheOthersAreHandledAndAnswered) {
  const auto batch = case_of("xoo");
  EXPECT_THAT(judge_by(contained, batch, run_of(batch, {0, 1, 2}, response_with({"m0"}))), IsEmpty());
}

TEST(Contained, HoldsWhereAllFailedAndTheProcessorMayRaise) {
  const auto batch = case_of("xx");
  EXPECT_THAT(judge_by(contained, batch, thrown_run_of(batch, {0, 1})), IsEmpty());
}

TEST(Contained, IsViolatedWhereTheBatchIsLeft) {
  const auto batch = case_of("xo");
  EXPECT_THAT(judge_by(contained, batch, thrown_run_of(batch, {0, 1})),
              ElementsAre(HasSubstr("left the processor")));
  const auto all = case_of("xx");
  EXPECT_EQ(
      judge_by(contained, all, thrown_run_of(all, {0, 1}), {.raise_on_entire_batch_failure = false}).size(),
      1U);
}

TEST(Contained, IsViolatedWhereTheLoopEnds) {
  const auto batch = case_of("oxo");
  EXPECT_THAT(judge_by(contained, batch, run_of(batch, {0, 1}, response_with({"m1", "m2"}))),
              ElementsAre(HasSubstr("record 2 (\"m2\") is not handled")));
}

TEST(Contained, AllowsToStopWhereOrderAsksForIt) {
  const auto batch = fifo_case("oxo", "aaa");
  EXPECT_THAT(judge_by(contained, batch, run_of(batch, {0, 1}, response_with({"m1", "m2"}))), IsEmpty());
}

TEST(Contained, IsAboutHandlersThatThrow) {
  const auto batch = case_of("oo");
  EXPECT_FALSE(is_judged_by(contained, batch, run_of(batch, {0, 1}, response_with({}))));
  const auto failing = case_of("ox");
  EXPECT_TRUE(is_judged_by(contained, failing, run_of(failing, {0, 1}, response_with({"m1"}))));
}

}  // namespace
}  // namespace batchproof::properties
