#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace batchproof::blackbox {

/// Limits how often a function is made to crash or to time out once a batch that does so violates a law.
/// While that batch is shrunk, each crash counts, also one that violates nothing, since each costs a start,
/// or a time limit.
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

  /// A crash that violates no law, as of a batch in which no record can succeed.
  void note_allowed(std::chrono::nanoseconds took) noexcept {
    if (crashes_ == 0) return;
    ++crashes_;
    spent_ += took;
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
