#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(OnceInOrder, HoldsWhenEachRecordIsHandledInBatchOrder) {
  const auto batch = case_of("oxo");
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {0, 1, 2}, response_with({"m1"}))), IsEmpty());
}

TEST(OnceInOrder, IsViolatedByARecordThatIsHandledTwice) {
  const auto batch = case_of("ox");
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {0, 1, 1}, response_with({"m1"}))),
              ElementsAre(HasSubstr("record 1 (\"m1\") is handled 2 times")));
}

TEST(OnceInOrder, IsViolatedByAnotherOrderWhereTheSourceHasOne) {
  EXPECT_THAT(judge_by(once_in_order, case_of("oo"), run_of(case_of("oo"), {1, 0}, response_with({}))),
              IsEmpty());
  const auto batch = fifo_case("oo");
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {1, 0}, response_with({}))),
              ElementsAre(HasSubstr("record 0 (\"m0\") is handled after record 1 (\"m1\")")));
}

TEST(OnceInOrder, IsViolatedByARecordThatIsNeverHandledThoughItIsReported) {
  const auto batch = case_of("xo");
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {0}, response_with({"m0", "m1"}))),
              ElementsAre(HasSubstr("record 1 (\"m1\") is never handled")));
}

TEST(OnceInOrder, IsViolatedByARecordThatIsNotInTheBatch) {
  const auto batch = case_of("o");
  auto run = run_of(batch, {0}, response_with({}));
  run.calls.emplace_back().item_identifier = "m9";
  EXPECT_THAT(judge_by(once_in_order, batch, run),
              Contains(HasSubstr("\"m9\" is handled but is not in the batch")));
}

TEST(OnceInOrder, LetsRecordsThatDependOnAFailureBeLeftOut) {
  const auto batch = fifo_case("xo");
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {0}, response_with({"m0", "m1"}))), IsEmpty());
}

TEST(OnceInOrder, AsksAStreamToStopOnlyWhereItClaimsTo) {
  const auto batch = stream_case("xo", {"1", "2"});
  const auto goes_on = run_of(batch, {0, 1}, response_with({"1"}));
  const auto stops = run_of(batch, {0}, response_with({"1", "2"}));
  EXPECT_THAT(judge_by(once_in_order, batch, goes_on), IsEmpty());
  EXPECT_EQ(judge_by(once_in_order, batch, stops).size(), 1U);
  EXPECT_EQ(judge_by(once_in_order, batch, goes_on, {.stop_on_first_failure = true}).size(), 1U);
  EXPECT_THAT(judge_by(once_in_order, batch, stops, {.stop_on_first_failure = true}), IsEmpty());
}

TEST(OnceInOrder, LetsAStreamThatReportsOneFailureStopThereOrGoOn) {
  const auto batch = stream_case("xo", {"1", "2"});
  const fixtures::ProcessorClaims claims{.reports_every_failure = false};
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {0, 1}, response_with({"1"})), claims), IsEmpty());
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {0}, response_with({"1"})), claims), IsEmpty());
}

TEST(OnceInOrder, TakesTwinsForTwoRecords) {
  auto batch = case_of("oo");
  batch.records[1].item_identifier = "m0";
  EXPECT_THAT(judge_by(once_in_order, batch, run_of(batch, {0, 1}, response_with({}))), IsEmpty());
  EXPECT_EQ(judge_by(once_in_order, batch, run_of(batch, {0}, response_with({}))).size(), 1U);
}

}  // namespace
}  // namespace batchproof::properties
