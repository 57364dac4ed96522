#include <batchproof/detail/order_guard.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace batchproof::detail {
namespace {

using ::testing::HasSubstr;

std::string cause_of(OrderGuard& guard, std::string_view group) {
  OrderGuard::Stop* const stop = guard.stopped(group);
  return stop == nullptr ? "not stopped" : guard.failure_of(*stop).cause;
}

TEST(OrderGuard, AnswersAnewAfterAFailureOfTheGroupThatWasAskedLast) {
  OrderGuard guard(Ordering::message_group);
  guard.note_failure("b", 0, "0");
  EXPECT_EQ(guard.stopped("a"), nullptr);
  guard.note_failure("a", 1, "1");
  EXPECT_THAT(cause_of(guard, "a"), HasSubstr("record 1 (1)"));
  EXPECT_THAT(cause_of(guard, "b"), HasSubstr("record 0 (0)"));
  EXPECT_EQ(guard.stopped("c"), nullptr);
  guard.note_failure("d", 2, "2");
  EXPECT_EQ(guard.stopped("c"), nullptr);
}

TEST(OrderGuard, NamesTheFirstFailureInBatchOrderWhereThereIsNoGroup) {
  OrderGuard guard(Ordering::message_group);  // records that run together fail in any order
  guard.note_failure("c", 5, "5");
  guard.note_failure("a", 2, "2");
  guard.note_failure("b", 3, "3");
  EXPECT_THAT(cause_of(guard, {}), HasSubstr("record 2 (2)"));
}

TEST(OrderGuard, StopsTheGroupThatWasAskedLastWhenEverythingIsStopped) {
  constexpr std::string_view group = "a";
  OrderGuard guard(Ordering::message_group);
  guard.note_failure("b", 0, "0");
  EXPECT_EQ(guard.stopped(group), nullptr);
  guard.note_failure({}, 1, "1");
  EXPECT_THAT(cause_of(guard, group), HasSubstr("record 1 (1)"));
}

}  // namespace
}  // namespace batchproof::detail
