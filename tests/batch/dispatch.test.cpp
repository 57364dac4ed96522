#include <batchproof/detail/dispatch.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <exception>
#include <new>
#include <optional>
#include <stdexcept>
#include <vector>

namespace batchproof::detail {
namespace {

using ::testing::ElementsAre;

const OrderingKeys three_keys{0, 1, 2};

TEST(Dispatch, StartsNothingMoreOnceAWorkerWasAbandoned) {
  std::vector<std::size_t> begun;
  Dispatch dispatch(Schedule(three_keys, 2), [&](std::size_t record) { begun.push_back(record); });
  dispatch.begin();
  dispatch.abandon(0, std::make_exception_ptr(std::bad_alloc()));
  EXPECT_FALSE(dispatch.idle());
  EXPECT_EQ(dispatch.next(1), std::nullopt);
  EXPECT_TRUE(dispatch.idle());
  EXPECT_THAT(begun, ElementsAre(0, 1));
  EXPECT_THROW(dispatch.rethrow(), std::bad_alloc);
}

TEST(Dispatch, KeepsTheFirstOfSeveralErrors) {
  Dispatch dispatch(Schedule(three_keys, 2), [](std::size_t) {});
  dispatch.begin();
  dispatch.abandon(0, std::make_exception_ptr(std::bad_alloc()));
  dispatch.abandon(1, std::make_exception_ptr(std::runtime_error("a later one")));
  EXPECT_TRUE(dispatch.idle());
  EXPECT_THROW(dispatch.rethrow(), std::bad_alloc);
}

TEST(Dispatch, KeepsTheErrorOfAWorkerThatCannotBegin) {
  Dispatch dispatch(Schedule(three_keys, 2), [](std::size_t) { throw std::bad_alloc(); });
  dispatch.begin();
  EXPECT_TRUE(dispatch.idle());
  EXPECT_THROW(dispatch.rethrow(), std::bad_alloc);
}

TEST(Dispatch, BeginsMoreWorkersWhenMoreRecordsMayStart) {
  std::vector<std::size_t> begun;
  Dispatch dispatch(Schedule({std::nullopt, 0, 1}, 3), [&](std::size_t record) { begun.push_back(record); });
  dispatch.begin();
  EXPECT_THAT(begun, ElementsAre(0));
  EXPECT_EQ(dispatch.next(0), 1U);
  EXPECT_THAT(begun, ElementsAre(0, 2));
}

TEST(Dispatch, ThrowsNothingWhenAllWentWell) {
  Dispatch dispatch(Schedule(three_keys, 3), [](std::size_t) {});
  dispatch.begin();
  for (const std::size_t record : {0U, 1U, 2U}) EXPECT_EQ(dispatch.next(record), std::nullopt);
  EXPECT_TRUE(dispatch.idle());
  EXPECT_NO_THROW(dispatch.rethrow());
}

}  // namespace
}  // namespace batchproof::detail
