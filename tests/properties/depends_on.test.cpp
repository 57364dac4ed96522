#include <gmock/gmock.h>

#include <batchproof/properties/depends_on.hpp>

#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;
using enum Fate;

TEST(DependsOn, IsNeverSoOnAStandardQueue) {
  EXPECT_THAT(fates(case_of("xo"), {}), ElementsAre(fails, succeeds));
}

TEST(DependsOn, IsAnyEarlierRecordOnAFifoQueue) {
  EXPECT_THAT(fates(fifo_case("oxox", "abcd"), {}), ElementsAre(succeeds, fails, stopped, stopped));
}

TEST(DependsOn, IsTheSameGroupWhereGroupsAreSkipped) {
  EXPECT_THAT(fates(fifo_case("xoox", "abab"), {.skip_group_on_error = true}),
              ElementsAre(fails, succeeds, stopped, fails));
}

TEST(DependsOn, IsEverythingAroundARecordWithoutAGroup) {
  const fixtures::ProcessorClaims claims{.skip_group_on_error = true};
  EXPECT_THAT(fates(fifo_case("xoo", "a-b"), claims), ElementsAre(fails, stopped, stopped));
  EXPECT_THAT(fates(fifo_case("xoo", "-ab"), claims), ElementsAre(fails, stopped, stopped));
  EXPECT_THAT(fates(fifo_case("oxo", "a-a"), claims), ElementsAre(succeeds, fails, stopped));
}

TEST(DependsOn, IsAnyEarlierRecordOfAStreamThatStops) {
  const auto batch = stream_case("xo", {"1", "2"});
  EXPECT_THAT(fates(batch, {}), ElementsAre(fails, succeeds));
  EXPECT_THAT(fates(batch, {.stops_on_first_failure = true}), ElementsAre(fails, stopped));
}

}  // namespace
}  // namespace batchproof::properties
