#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace batchproof::effects {

/// Runs functions in virtual time: the one with the earliest time runs, and the others wait. The choice
/// depends on the times alone, so that a run can be repeated.
class VirtualTime {
 public:
  /// The functions start at these times. There is at least one.
  explicit VirtualTime(const std::vector<std::chrono::milliseconds>& starts);

  /// Returns when all functions have returned. The first runs on this thread, each other one on a thread of
  /// its own. They must not throw.
  void run(std::span<const std::function<void()>> functions);

  /// Called by the function of this number, from any thread: returns after this time.
  void wait(std::size_t number, std::chrono::milliseconds duration);

  /// To be called by the function that runs.
  std::chrono::milliseconds now() const noexcept { return now_; }

 private:
  void run_one(std::size_t number, const std::function<void()>& function);
  void let_earliest_run();
  void await_turn(std::size_t number, std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable turn_changed_;
  std::vector<std::optional<std::chrono::milliseconds>> due_;  // nothing: that function has returned
  std::size_t running_ = 0;
  std::chrono::milliseconds now_;
};

}  // namespace batchproof::effects
