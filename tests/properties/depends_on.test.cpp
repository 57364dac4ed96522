#include <gmock/gmock.h>

#include <batchproof/properties/depends_on.hpp>

#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using enum ExpectedOutcome;

TEST(DependsOn, IsNeverSoOnAStandardQueue) {
  EXPECT_THAT(expected_outcomes(case_of("xo"), {}), ElementsAre(fails, succeeds));
}

TEST(DependsOn, IsAnyEarlierRecordOfAStandardQueueThatStops) {
  const fixtures::ProcessorClaims claims{.skip_group_on_error = true, .stop_on_first_failure = true};
  EXPECT_THAT(expected_outcomes(case_of("oxo"), claims), ElementsAre(succeeds, fails, stopped));
}

TEST(DependsOn, IsAnyEarlierRecordOnAFifoQueue) {
  EXPECT_THAT(expected_outcomes(fifo_case("oxox", "abcd"), {}),
              ElementsAre(succeeds, fails, stopped, stopped));
}

TEST(DependsOn, IsTheSameGroupWhereGroupsAreSkipped) {
  EXPECT_THAT(expected_outcomes(fifo_case("xoox", "abab"), {.skip_group_on_error = true}),
              ElementsAre(fails, succeeds, stopped, fails));
}

TEST(DependsOn, IsEverythingAroundARecordWithoutAGroup) {
  const fixtures::ProcessorClaims claims{.skip_group_on_error = true};
  EXPECT_THAT(expected_outcomes(fifo_case("xoo", "a-b"), claims), ElementsAre(fails, stopped, stopped));
  EXPECT_THAT(expected_outcomes(fifo_case("xoo", "-ab"), claims), ElementsAre(fails, stopped, stopped));
  EXPECT_THAT(expected_outcomes(fifo_case("oxo", "a-a"), claims), ElementsAre(succeeds, fails, stopped));
}

TEST(DependsOn, IsAnyEarlierRecordOfAStreamThatStops) {
  const auto batch = stream_case("xo", {"1", "2"});
  EXPECT_THAT(expected_outcomes(batch, {}), ElementsAre(fails, succeeds));
  EXPECT_THAT(expected_outcomes(batch, {.stop_on_first_failure = true}), ElementsAre(fails, stopped));
}

}  // namespace
}  // namespace batchproof::properties
