#include <gmock/gmock.h>

#include <batchproof/properties/laws.hpp>

#include "../hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(FifoStops, AppliesToFifoQueuesWithoutSkippedGroups) {
  EXPECT_TRUE(fifo_stops.applies(fixtures::Source::sqs_fifo, {}));
  EXPECT_FALSE(fifo_stops.applies(fixtures::Source::sqs_fifo, {.skip_group_on_error = true}));
  EXPECT_FALSE(fifo_stops.applies(fixtures::Source::sqs, {}));
  EXPECT_FALSE(fifo_stops.applies(fixtures::Source::kinesis, {}));
}

TEST(FifoStops, HoldsWhenAllFromTheFirstFailureOnIsReportedUnhandled) {
  const auto batch = fifo_case("oxox", "aabb");
  EXPECT_THAT(judge_by(fifo_stops, batch, run_of(batch, {0, 1}, response_with({"m1", "m2", "m3"}))),
              IsEmpty());
}

TEST(FifoStops, HoldsWhenNothingFails) {
  const auto batch = fifo_case("oo");
  EXPECT_THAT(judge_by(fifo_stops, batch, run_of(batch, {0, 1}, response_with({}))), IsEmpty());
}

TEST(FifoStops, IsViolatedByARecordThatIsHandledAfterAFailure) {
  const auto batch = fifo_case("xo", "ab");
  EXPECT_THAT(judge_by(fifo_stops, batch, run_of(batch, {0, 1}, response_with({"m0", "m1"}))),
              ElementsAre(HasSubstr("record 1 (\"m1\") is handled after the failure of record 0 (\"m0\")")));
}

TEST(FifoStops, IsViolatedByAnUnhandledRecordThatIsNotReported) {
  const auto batch = fifo_case("xo");
  EXPECT_THAT(judge_by(fifo_stops, batch, run_of(batch, {0}, response_with({"m0"}))),
              ElementsAre(HasSubstr("record 1 (\"m1\") comes after a failure and is not reported")));
}

}  // namespace
}  // namespace batchproof::properties
