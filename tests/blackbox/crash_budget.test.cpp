#include "crash_budget.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace batchproof::blackbox {
namespace {

using namespace std::chrono_literals;
using Kind = CrashBudget::Kind;

constexpr int most_crashes = 12;

TEST(CrashBudget, BeginsWithTheFirstViolation) {
  CrashBudget crashes;
  for (int time = 0; time < 2 * most_crashes; ++time) crashes.note_allowed(1h);
  EXPECT_FALSE(crashes.has_begun());
  EXPECT_FALSE(crashes.is_spent());
  crashes.note("[]", "it ended", Kind::ended, 1h);
  EXPECT_TRUE(crashes.has_begun());
  EXPECT_FALSE(crashes.is_spent()) << "the time of the first crash does not count";
}

TEST(CrashBudget, EndsAfterSoManyCrashes) {
  CrashBudget crashes;
  for (int crash = 1; crash < most_crashes; ++crash)
    crashes.note(std::to_string(crash), "it ended", Kind::ended, 0s);
  EXPECT_FALSE(crashes.is_spent());
  crashes.note_allowed(0s);
  EXPECT_TRUE(crashes.is_spent());
}

TEST(CrashBudget, EndsAfterSoMuchTime) {
  CrashBudget crashes;
  crashes.note("a", "it ended", Kind::ended, 1h);
  crashes.note("b", "it ended", Kind::ended, 3s);
  EXPECT_FALSE(crashes.is_spent());
  crashes.note_allowed(2s);
  EXPECT_TRUE(crashes.is_spent());
}

TEST(CrashBudget, LetsABatchTimeOutOnce) {
  CrashBudget crashes;
  crashes.note("slow", "it timed out", Kind::timed_out, 1s);
  crashes.note("ends", "it ended", Kind::ended, 0s);
  EXPECT_TRUE(crashes.settles("slow"));
  EXPECT_FALSE(crashes.settles("ends"));
  EXPECT_FALSE(crashes.settles("new"));
  EXPECT_EQ(crashes.error_of("slow"), "it timed out");
  EXPECT_EQ(crashes.error_of("new"), "");
}

TEST(CrashBudget, GivesABatchThatWasCutShortItsTimeLimit) {
  CrashBudget crashes;
  crashes.note("slow", "it was cut short", Kind::cut_short, 1s);
  EXPECT_TRUE(crashes.was_cut_short("slow"));
  for (int crash = 0; crash < most_crashes; ++crash)
    crashes.note(std::to_string(crash), "it ended", Kind::ended, 0s);
  EXPECT_FALSE(crashes.settles("slow")) << "also when no new batch may be tried";
  EXPECT_TRUE(crashes.settles("new"));
  crashes.note("slow", "it timed out", Kind::timed_out, 1s);
  EXPECT_TRUE(crashes.settles("slow"));
  EXPECT_FALSE(crashes.was_cut_short("slow"));
}

}  // namespace
}  // namespace batchproof::blackbox
