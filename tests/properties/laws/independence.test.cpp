// The laws that leave records out: independence of a processor, independent and repeatable of a handler.

#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Adds the run of the same batch without one record.
Observation without(Observation whole, std::size_t left_out, Observation part) {
  part.left_out = left_out;
  whole.further_runs.push_back(std::move(part));
  return whole;
}

fixtures::BatchCase part_of(fixtures::BatchCase batch, std::size_t left_out) {
  batch.records.erase(batch.records.begin() + static_cast<std::ptrdiff_t>(left_out));
  return batch;
}

TEST(Independence, HoldsWhereTheOthersFareAlike) {
  const auto batch = case_of("oxo");
  const auto whole = run_of(batch, {0, 1, 2}, response_with({"m1"}));
  const auto part = run_of(part_of(batch, 0), {0, 1}, response_with({"m1"}));
  EXPECT_THAT(judge_by(independence, batch, without(whole, 0, part)), IsEmpty());
}

TEST(Independence, IsViolatedWhereARecordIsReportedForAnother) {
  const auto batch = case_of("oxo");
  const auto whole = run_of(batch, {0, 1, 2}, response_with({"m1", "m2"}));
  const auto part = run_of(part_of(batch, 1), {0, 1}, response_with({}));
  EXPECT_THAT(judge_by(independence, batch, without(whole, 1, part)),
              ElementsAre(HasSubstr("record 2 (\"m2\") is handled and reported, and handled and not reported "
                                    "without record 1")));
}

TEST(Independence, IsViolatedWhereARecordIsHandledForAnother) {
  const auto batch = case_of("oo");
  const auto whole = run_of(batch, {0}, response_with({}));
  const auto part = run_of(part_of(batch, 0), {0}, response_with({}));
  EXPECT_THAT(judge_by(independence, batch, without(whole, 0, part)),
              ElementsAre(HasSubstr("record 1 (\"m1\") is not handled")));
}

TEST(Independence, OfAStreamLeavesTheCheckpointAlone) {
  // Its first failure is reported alone; without record 2 all failed, and it throws.
  const auto batch = stream_case("xxox", {"1", "2", "3", "4"});
  const auto whole = run_of(batch, {0, 1, 2, 3}, response_with({"1"}));
  const auto part = thrown_run_of(part_of(batch, 2), {0, 1, 2});
  EXPECT_THAT(judge_by(independence, batch, without(whole, 2, part), {.reports_every_failure = false}),
              IsEmpty());
}

TEST(Independence, LeavesAloneWhatDepends) {
  const auto batch = fifo_case("xo", "aa");
  const auto whole = run_of(batch, {0}, response_with({"m0", "m1"}));
  const auto part = run_of(part_of(batch, 0), {0}, response_with({}));
  EXPECT_THAT(judge_by(independence, batch, without(whole, 0, part)), IsEmpty());
}

TEST(Independence, LeavesAloneWhatDependsOnWhatDepends) {
  const auto batch =
      fifo_case("xoo", "a-b");  // the second has no group: it waits for the first, the third for it
  const auto whole = run_of(batch, {0}, response_with({"m0", "m1", "m2"}));
  const auto part = run_of(part_of(batch, 0), {0, 1}, response_with({}));
  EXPECT_THAT(judge_by(independence, batch, without(whole, 0, part), {.skip_group_on_error = true}),
              IsEmpty());
}

TEST(Independent, IsViolatedWhereAVerdictChanges) {
  const auto batch = case_of("ox");
  const auto whole = run_of(batch, {0, 1}, response_with({"m1"}));
  const auto same = run_of(part_of(batch, 0), {0}, response_with({"m1"}));
  EXPECT_THAT(judge_by(independent, batch, without(whole, 0, same)), IsEmpty());
  const auto accepted = case_of("oo");
  const auto other = run_of(part_of(accepted, 0), {0}, response_with({}));
  EXPECT_THAT(judge_by(independent, batch, without(whole, 0, other)),
              ElementsAre(HasSubstr("\"m1\" is rejected, and accepted when record 0 is left out")));
}

TEST(Repeatable, IsViolatedWhereAVerdictChanges) {
  const auto batch = case_of("o");
  auto run = run_of(batch, {0}, response_with({}));
  run.further_runs.push_back(run_of(batch, {0}, response_with({})));
  EXPECT_THAT(judge_by(repeatable, batch, run), IsEmpty());
  run.further_runs.push_back(run_of(case_of("x"), {0}, response_with({"m0"})));
  EXPECT_THAT(judge_by(repeatable, batch, run),
              ElementsAre(HasSubstr("\"m0\" is accepted, and rejected when it is delivered again")));
}

}  // namespace
}  // namespace batchproof::properties
