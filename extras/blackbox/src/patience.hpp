#pragma once

#include <algorithm>
#include <chrono>

namespace batchproof::blackbox {

/// How long to wait for an answer: the whole time limit until the function ran into it. From then on five
/// times as long as the slowest answer so far, since a function that hangs would cost its limit each time.
class Patience {
 public:
  explicit Patience(std::chrono::milliseconds time_limit) : time_limit_(time_limit) {}

  std::chrono::milliseconds time_limit() const noexcept { return time_limit_; }

  std::chrono::milliseconds now() const noexcept {
    if (is_always_whole_ || waited_.count() == 0) return time_limit_;
    constexpr int times = 5;
    constexpr std::chrono::milliseconds least{250};
    const auto usual = std::chrono::duration_cast<std::chrono::milliseconds>(slowest_ * times);
    return std::min(std::max(usual, least), time_limit_);
  }

  void note_answer(std::chrono::nanoseconds took) noexcept { slowest_ = std::max(slowest_, took); }
  void note_whole_time_limit(std::chrono::nanoseconds took) noexcept { waited_ += took; }

  /// To be called when an answer came within the time limit, though none came within `now`.
  void be_always_whole() noexcept { is_always_whole_ = true; }

  /// The time of all invocations that ran into the whole time limit.
  std::chrono::nanoseconds waited() const noexcept { return waited_; }

 private:
  std::chrono::milliseconds time_limit_;
  std::chrono::nanoseconds slowest_{0};
  std::chrono::nanoseconds waited_{0};
  bool is_always_whole_ = false;
};

}  // namespace batchproof::blackbox
