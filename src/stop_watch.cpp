#include <algorithm>
#include <batchproof/detail/stop_watch.hpp>
#include <condition_variable>
#include <utility>

namespace batchproof::detail {

StopWatch::StopWatch(std::chrono::system_clock::time_point limit, Clock clock)
    : limit_(limit), clock_(std::move(clock)) {}

std::stop_token StopWatch::token() {
  std::call_once(watching_,
                 [this] { thread_ = std::jthread([this](const std::stop_token& gone) { watch(gone); }); });
  if (now(clock_) > limit_)
    source_.request_stop();  // whoever asks again and again need not wait for the thread
  return source_.get_token();
}

void StopWatch::watch(const std::stop_token& gone) const {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  while (!gone.stop_requested()) {
    const auto left = limit_ - now(clock_);
    if (left < left.zero()) {
      source_.request_stop();
      return;
    }
    // The system's clock may be set meanwhile, and a clock of somebody's own may go as it likes.
    constexpr std::chrono::system_clock::duration soonest = std::chrono::milliseconds(1);
    constexpr std::chrono::system_clock::duration latest = std::chrono::seconds(1);
    changed.wait_for(lock, gone, std::clamp(left, soonest, latest), [] { return false; });
  }
}

}  // namespace batchproof::detail
