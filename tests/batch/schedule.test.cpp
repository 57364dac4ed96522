#include <batchproof/detail/schedule.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::detail {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The ordering keys of a batch such as "aab-", where '-' has none.
OrderingKeys keys(std::string_view letters) {
  OrderingKeys keys;
  for (const char letter : letters) {
    keys.push_back(letter == '-' ? std::nullopt : std::optional(static_cast<std::size_t>(letter - 'a')));
  }
  return keys;
}

/// All that may start now.
std::vector<std::size_t> start_all(Schedule& schedule) {
  std::vector<std::size_t> started;
  while (const auto record = schedule.start_next()) started.push_back(*record);
  return started;
}

TEST(Schedule, StartsRecordsOfDifferentKeysTogetherInBatchOrder) {
  Schedule schedule(keys("cabd"), 10);
  EXPECT_THAT(start_all(schedule), ElementsAre(0, 1, 2, 3));
}

TEST(Schedule, StartsNoMoreThanTheLimit) {
  Schedule schedule(keys("abcd"), 3);
  EXPECT_THAT(start_all(schedule), ElementsAre(0, 1, 2));
  schedule.finish(1);
  EXPECT_THAT(start_all(schedule), ElementsAre(3));
}

TEST(Schedule, StartsTheNextOfAKeyWhenTheOneBeforeItHasFinished) {
  Schedule schedule(keys("aaba"), 10);
  EXPECT_THAT(start_all(schedule), ElementsAre(0, 2));
  schedule.finish(2);
  EXPECT_THAT(start_all(schedule), IsEmpty());
  schedule.finish(0);
  EXPECT_THAT(start_all(schedule), ElementsAre(1));
  schedule.finish(1);
  EXPECT_THAT(start_all(schedule), ElementsAre(3));
}

TEST(Schedule, StartsTheFirstInTheBatchOfThoseThatMayStart) {
  Schedule schedule(keys("aabc"), 1);
  for (const std::size_t record : {0U, 1U, 2U, 3U}) {
    EXPECT_EQ(schedule.start_next(), record);
    schedule.finish(record);
  }
}

TEST(Schedule, RunsARecordWithoutALaneAlone) {
  Schedule schedule(keys("ab-ab"), 10);
  EXPECT_THAT(start_all(schedule), ElementsAre(0, 1));
  schedule.finish(0);
  EXPECT_THAT(start_all(schedule), IsEmpty());
  schedule.finish(1);
  EXPECT_THAT(start_all(schedule), ElementsAre(2));
  schedule.finish(2);
  EXPECT_THAT(start_all(schedule), ElementsAre(3, 4));
}

TEST(Schedule, OfAnEmptyBatchStartsNothing) {
  Schedule schedule({}, 1);
  EXPECT_EQ(schedule.start_next(), std::nullopt);
  EXPECT_EQ(schedule.running(), 0U);
}

bool must_wait_for(const std::string& batch, std::size_t later, std::size_t earlier) {
  return batch[later] == batch[earlier] || batch[later] == '-' || batch[earlier] == '-';
}

/// Runs the batch, where whatever runs may finish next; says what went wrong.
std::string trouble_with(const std::string& batch, std::size_t limit, std::mt19937& random) {
  Schedule schedule(keys(batch), limit);
  std::vector<std::size_t> running;
  std::vector<int> finished(batch.size());
  for (;;) {
    while (const auto record = schedule.start_next()) {
      for (std::size_t earlier = 0; earlier < *record; ++earlier) {
        if (finished[earlier] == 0 && must_wait_for(batch, *record, earlier)) return "started too early";
      }
      running.push_back(*record);
    }
    if (running.size() > limit) return "more than the limit";
    if (running.empty()) break;
    std::swap(running[random() % running.size()], running.back());
    ++finished[running.back()];
    schedule.finish(running.back());
    running.pop_back();
  }
  return std::count(finished.begin(), finished.end(), 1) == std::ssize(batch) ? "" : "not each once";
}

TEST(Schedule, RunsEachRecordOnceInTheOrderOfItsKeyWhateverFinishesFirst) {
  std::mt19937 random(7);
  for (int number = 0; number < 5'000; ++number) {
    std::string batch(random() % 13, '-');
    for (char& key : batch) key = "abcdefa-"[random() % 8];
    const std::size_t limit = 1 + random() % 5;
    ASSERT_EQ(trouble_with(batch, limit, random), "") << batch << " with a limit of " << limit;
  }
}

}  // namespace
}  // namespace batchproof::detail
