#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(NothingExtra, HoldsWhenOnlyFailuresAreReported) {
  const auto batch = case_of("oxxo");
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0, 1, 2, 3}, response_with({"m1", "m2"}))),
              IsEmpty());
}

TEST(NothingExtra, IsViolatedByARecordThatSucceededAndIsReported) {
  const auto batch = case_of("ox");
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0, 1}, response_with({"m0", "m1"}))),
              Contains(HasSubstr("record 0 (\"m0\") succeeded and is reported")));
}

TEST(NothingExtra, IsViolatedByAnIdentifierThatIsNotInTheBatch) {
  const auto batch = case_of("x");
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0}, response_with({"m0", "m9"}))),
              Contains(HasSubstr("\"m9\" is reported but is not in the batch")));
}

TEST(NothingExtra, HoldsForAnotherOrderAndARepeatedIdentifier) {
  const auto batch = case_of("xx");
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0, 1}, response_with({"m1", "m0", "m1"}))),
              IsEmpty());
}

TEST(NothingExtra, OfAStreamIsAboutTheCheckpoint) {
  const auto batch = stream_case("oxo", {"9", "10", "11"});
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0, 1, 2}, response_with({"10", "11"}))),
              IsEmpty());
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0, 1, 2}, response_with({"9", "10"}))),
              Contains(HasSubstr("record 0 (\"9\") succeeded and is reported")));
}

TEST(NothingExtra, HoldsWhenTheProcessorThrewAndEveryRecordFailed) {
  const auto batch = case_of("xx");
  EXPECT_THAT(judge_by(nothing_extra, batch, thrown_run_of(batch, {0, 1})), IsEmpty());
}

TEST(NothingExtra, IsViolatedByAThrowWhenARecordSucceeded) {
  const auto batch = case_of("xo");
  EXPECT_THAT(judge_by(nothing_extra, batch, thrown_run_of(batch, {0, 1})),
              Contains(HasSubstr("as is the whole batch")));
}

TEST(NothingExtra, LetsRecordsThatDependOnAFailureBeReported) {
  const auto batch = fifo_case("oxo");
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0, 1}, response_with({"m1", "m2"}))), IsEmpty());
  EXPECT_EQ(
      judge_by(nothing_extra, case_of("oxo"), run_of(batch, {0, 1}, response_with({"m1", "m2"}))).size(), 1U);
}

TEST(NothingExtra, LetsATwinBeReportedForTheOther) {
  auto batch = case_of("ox");
  batch.records[1].item_identifier = "m0";
  EXPECT_THAT(judge_by(nothing_extra, batch, run_of(batch, {0, 1}, response_with({"m0"}))), IsEmpty());
}

}  // namespace
}  // namespace batchproof::properties
