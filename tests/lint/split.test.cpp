#include "split.hpp"

#include <gmock/gmock.h>

namespace batchproof::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Split, KeepsEmptyParts) {
  EXPECT_THAT(split("a..b.", "."), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(split("", "."), ElementsAre(""));
  EXPECT_THAT(split("a::b", "::"), ElementsAre("a", "b"));
}

TEST(Split, AfterEachDelimiterLeavesAnEmptyEndOut) {
  EXPECT_THAT(split_after_each("a\n\nb\n", "\n"), ElementsAre("a", "", "b"));
  EXPECT_THAT(split_after_each("a\nb", "\n"), ElementsAre("a", "b"));
  EXPECT_THAT(split_after_each("", "\n"), IsEmpty());
}

TEST(Split, LeavesSpacesBeforeItemsOut) {
  EXPECT_THAT(comma_delimited_items("a,  b c , "), ElementsAre("a", "b c ", ""));
}

}  // namespace
}  // namespace batchproof::lint
