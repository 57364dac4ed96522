#include <algorithm>
#include <batchproof/detail/stop_watch.hpp>
#include <condition_variable>
#include <utility>

#include "time_left.hpp"

namespace batchproof::inline v0_1::detail {

struct StopWatch::Shared {
  std::chrono::system_clock::time_point deadline;
  std::chrono::milliseconds reserve;
  Clock clock;
  std::stop_source source;

  /// The time left beyond the reserve: below 0 when it is time to stop.
  std::chrono::milliseconds spare_time() const noexcept {
    try {
      const auto left = time_left(deadline, now(clock));
      return left < reserve ? std::chrono::milliseconds(-1) : left - reserve;
    } catch (...) {
      return std::chrono::milliseconds(-1);
    }
  }

  void watch(const std::stop_token& gone) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    while (!gone.stop_requested()) {
      const auto left = spare_time();
      if (left.count() < 0) {
        source.request_stop();
        return;
      }
      // The system clock may be set meanwhile, and a user's clock may run at any speed.
      constexpr std::chrono::milliseconds soonest(1);
      constexpr std::chrono::milliseconds latest(1000);
      changed.wait_for(lock, gone, std::clamp(left, soonest, latest), [] { return false; });
    }
  }
};

StopWatch::StopWatch(std::chrono::system_clock::time_point deadline, std::chrono::milliseconds reserve,
                     Clock clock)
    : shared_(std::make_shared<Shared>(Shared{deadline, reserve, std::move(clock), {}})) {}

StopWatch::~StopWatch() {
  if (thread_.get_id() != std::this_thread::get_id()) return;
  thread_.request_stop();
  thread_.detach();
}

std::stop_token StopWatch::token() {
  std::call_once(watching_, [this] {
    thread_ = std::jthread([shared = shared_](const std::stop_token& gone) { shared->watch(gone); });
  });
  if (shared_->spare_time().count() < 0)
    request_stop();  // now, so that nobody who asks again waits for the thread
  return shared_->source.get_token();
}

void StopWatch::request_stop() noexcept { shared_->source.request_stop(); }

}  // namespace batchproof::inline v0_1::detail
