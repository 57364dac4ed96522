#include <batchproof/detail/stop_watch.hpp>

#include <gtest/gtest.h>

#include <future>
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

TEST(StopWatchConcurrency, StopsWhoeverDoesNotAskAgain) {
  StopWatch watch(noon + 500ms, clock_that_others_see_later());
  const std::stop_token token = watch.token();
  std::promise<void> stopped;
  const std::stop_callback callback(token, [&] { stopped.set_value(); });
  stopped.get_future().wait();
  EXPECT_TRUE(token.stop_requested());
}

TEST(StopWatchConcurrency, EndsItsThreadWhileThereIsTimeLeft) {
  std::stop_token token;
  {
    StopWatch watch(noon + 1h, [] { return noon; });
    token = watch.token();
  }
  EXPECT_FALSE(token.stop_requested());
}

TEST(StopWatchConcurrency, StopsNobodyBeforeItsTimeHasPassed) {
  std::promise<void> looked;
  std::stop_token token;
  {
    StopWatch watch(noon, [&looked, own = std::this_thread::get_id(), told = false]() mutable {
      if (std::this_thread::get_id() != own && !std::exchange(told, true)) looked.set_value();
      return noon;
    });
    token = watch.token();
    EXPECT_FALSE(token.stop_requested());
    looked.get_future().wait();  // its thread
  }
  EXPECT_FALSE(token.stop_requested());
}

}  // namespace
}  // namespace batchproof::detail
