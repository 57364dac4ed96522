#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace batchproof::blackbox {

/// Limits how often a function is made to crash or to time out while a batch that does so is shrunk: each
/// time costs a start, or a time limit.
class CrashBudget {
 public:
  /// True when no further batch may be tried.
  bool is_spent() const noexcept { return crashes_ >= most_crashes || spent_ >= most_time; }

  /// A batch that violates a law made the function crash, which took this long.
  void note(std::string_view payload, const std::string& error, std::chrono::nanoseconds took) {
    ++crashes_;
    spent_ += took;
    payload_ = payload;
    error_ = error;
  }

  /// The error of this batch if it is the last one noted, else empty.
  std::string_view error_of(std::string_view payload) const noexcept {
    return payload == payload_ ? std::string_view(error_) : std::string_view();
  }

 private:
  static constexpr int most_crashes = 12;
  static constexpr std::chrono::seconds most_time{5};

  int crashes_ = 0;
  std::chrono::nanoseconds spent_{0};
  std::string payload_;
  std::string error_;
};

}  // namespace batchproof::blackbox
