#include <batchproof/detail/stop_watch.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

namespace batchproof::detail {
namespace {

using namespace std::chrono_literals;

const std::chrono::system_clock::time_point noon{12h};

/// It is noon for the thread that makes it, and later for every other.
Clock clock_that_others_see_later() {
  return [own = std::this_thread::get_id()] { return std::this_thread::get_id() == own ? noon : noon + 1s; };
}

TEST(ConcurrencyOfTheStopWatch, StopsWhoeverDoesNotAskAgain) {
  StopWatch watch(noon + 700ms, 200ms, clock_that_others_see_later());
  const std::stop_token token = watch.token();
  std::promise<void> stopped;
  const std::stop_callback callback(token, [&] { stopped.set_value(); });
  stopped.get_future().wait();
  EXPECT_TRUE(token.stop_requested());
}

TEST(ConcurrencyOfTheStopWatch, EndsItsThreadWhileThereIsTimeLeft) {
  std::stop_token token;
  {
    StopWatch watch(noon + 1h, 0ms, [] { return noon; });
    token = watch.token();
  }
  EXPECT_FALSE(token.stop_requested());
}

TEST(ConcurrencyOfTheStopWatch, StopsNobodyBeforeItsTimeHasPassed) {
  std::promise<void> looked;
  std::stop_token token;
  {
    StopWatch watch(noon + 200ms, 200ms, [&looked, own = std::this_thread::get_id(), told = false]() mutable {
      if (std::this_thread::get_id() != own && !std::exchange(told, true)) looked.set_value();
      return noon;
    });
    token = watch.token();
    EXPECT_FALSE(token.stop_requested());
    looked.get_future().wait();  // its thread
  }
  EXPECT_FALSE(token.stop_requested());
}

TEST(ConcurrencyOfTheStopWatch, MayBeDestroyedByACallbackOfItsOwnStop) {
  std::promise<void> destroyed;
  auto watch = std::make_unique<StopWatch>(noon + 700ms, 200ms, clock_that_others_see_later());
  const std::stop_token token = watch->token();
  const std::stop_callback callback(token, [&] {
    watch.reset();
    destroyed.set_value();
  });
  destroyed.get_future().wait();
  EXPECT_EQ(watch, nullptr);
}

TEST(ConcurrencyOfTheStopWatch, StopsHandlersWhenTheClockThrowsOnItsThread) {
  StopWatch watch(noon + 1h, 0ms, [own = std::this_thread::get_id()] {
    if (std::this_thread::get_id() != own) throw std::runtime_error("the time service is gone");
    return noon;
  });
  const std::stop_token token = watch.token();
  std::promise<void> stopped;
  const std::stop_callback callback(token, [&] { stopped.set_value(); });
  stopped.get_future().wait();
  EXPECT_TRUE(token.stop_requested());
}

TEST(StopWatch, StopsAtOnceWhenTheClockThrowsForWhoAsks) {
  StopWatch watch(noon + 1h, 0ms, []() -> std::chrono::system_clock::time_point { throw 42; });
  EXPECT_TRUE(watch.token().stop_requested());
}

/// Whether handlers are stopped at noon.
bool stops_at_noon(std::chrono::system_clock::time_point deadline, std::chrono::milliseconds reserve) {
  return StopWatch(deadline, reserve, [] { return noon; }).token().stop_requested();
}

TEST(StopWatch, TakesDeadlinesAndReservesOfAnySize) {
  using TimePoint = std::chrono::system_clock::time_point;
  EXPECT_TRUE(stops_at_noon(TimePoint::min(), 0ms));
  EXPECT_TRUE(stops_at_noon(TimePoint::min(), std::chrono::milliseconds::max()));
  EXPECT_TRUE(stops_at_noon(TimePoint::max(), std::chrono::milliseconds::max()));
  EXPECT_TRUE(stops_at_noon(noon + 1h, std::chrono::hours(24 * 365 * 300)));
  EXPECT_TRUE(stops_at_noon(noon - 1ns, 0ms));
  EXPECT_FALSE(stops_at_noon(noon, 0ms));
  EXPECT_FALSE(stops_at_noon(TimePoint::max(), 0ms));
  EXPECT_FALSE(stops_at_noon(noon + 200ms, 200ms));
  EXPECT_TRUE(stops_at_noon(noon + 200ms - 1ns, 200ms));
}

}  // namespace
}  // namespace batchproof::detail
