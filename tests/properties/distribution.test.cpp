#include <gmock/gmock.h>

#include <algorithm>
#include <batchproof/properties/distribution.hpp>
#include <batchproof/properties/verify.hpp>
#include <numeric>
#include <stdexcept>

#include "hand_made.hpp"

namespace batchproof::properties {
namespace {

using ::testing::ElementsAre;

template <class Counts>
std::size_t total_of(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

TEST(Distribution, CountsSizesAndFailures) {
  Distribution distribution;
  for (const char* pattern : {"", "o", "x", "ox", "oooooooooooo", "oooooooooooox"}) {
    distribution.count(CaseKind::random, case_of(pattern));
  }
  EXPECT_THAT(distribution.sizes, ElementsAre(1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1));
  EXPECT_THAT(distribution.failures, ElementsAre(3, 2, 1));
  EXPECT_THAT(distribution.kinds, ElementsAre(0, 0, 0, 6, 0, 0));
  EXPECT_EQ(total_of(distribution.groups), 0U) << "only a FIFO queue's batches are counted by groups";
}

TEST(Distribution, CountsMessageGroups) {
  Distribution distribution;
  for (const char* groups : {"", "-", "aa-", "ab", "abcd", "abcdea", "abcdefg"}) {
    distribution.count(CaseKind::small, fifo_case(std::string(std::string_view(groups).size(), 'o'), groups));
  }
  EXPECT_THAT(distribution.groups, ElementsAre(2, 1, 1, 0, 1, 2));
}

TEST(Distribution, AddsUp) {
  Distribution one;
  one.count(CaseKind::saved, fifo_case("ox", "ab"));
  one.count(CaseKind::damaged, 3);
  Distribution two = one;
  two += one;
  EXPECT_THAT(two.kinds, ElementsAre(2, 0, 0, 0, 6, 0));
  EXPECT_EQ(two.sizes[2], 2U);
  EXPECT_EQ(two.failures[1], 2U);
  EXPECT_EQ(two.groups[2], 2U);
}

TEST(Distribution, HasALabelForEachCount) {
  Distribution distribution;
  distribution.count(CaseKind::random, fifo_case("ox", "ab"));
  for (const Histogram& histogram : distribution.histograms()) {
    for (const auto& bar : histogram.bars) EXPECT_FALSE(bar.label.empty()) << histogram.id;
    EXPECT_EQ(std::count_if(histogram.bars.begin(), histogram.bars.end(),
                            [](const auto& bar) { return bar.count == 1; }),
              1)
        << histogram.id;
  }
}

TEST(Distribution, IsOfWhatAVerificationJudged) {
  const auto report = verify_handler<SqsRecord>(
      [](const SqsRecord& record) {
        if (record.body() != "good") throw std::runtime_error("no order");
      },
      {.accepted = {"good"},
       .rejected = {"bad"},
       .cases = 30,
       .seed = 7,
       .small_cases_budget = std::chrono::milliseconds(0),
       .near_misses = false});
  ASSERT_TRUE(report) << report;
  const Distribution& distribution = report.distribution();
  // The child process meets each case in one of the four modes; here each is run in one mode of both sources.
  EXPECT_THAT(distribution.kinds, ElementsAre(0, 30, 0, 2 * 30, 0, 0));
  EXPECT_EQ(total_of(distribution.sizes), 2U * 30);
  EXPECT_EQ(total_of(distribution.failures), 2U * 30);
  EXPECT_EQ(total_of(distribution.groups), 30U);
}

}  // namespace
}  // namespace batchproof::properties
