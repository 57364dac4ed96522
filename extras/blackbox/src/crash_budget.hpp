#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace batchproof::blackbox {

/// Limits how often a function is made to crash or to time out once a batch that does so violates a law.
/// While that batch is shrunk, each crash counts, also one that violates nothing, since each costs a start;
/// the time of starts does not, or a function that starts slowly would be shown by a large batch.
class CrashBudget {
 public:
  /// `cut_short`: it timed out, but did not get its whole time limit.
  enum class Kind { ended, timed_out, cut_short };

  /// True from the first violation.
  bool has_begun() const noexcept { return crashes_ > 0; }

  /// True when no further batch may be tried.
  bool is_spent() const noexcept { return crashes_ >= most_crashes || spent_ >= most_time; }

  /// To be called when a batch that violates a law made the function crash. `took`: of the invocation, which
  /// counts from the second call on.
  void note(std::string_view payload, const std::string& error, Kind kind, std::chrono::nanoseconds took) {
    if (has_begun()) spent_ += took;
    ++crashes_;
    noted_.insert_or_assign(std::string(payload), Crash{error, kind});
  }

  /// To be called for a crash that violates no law, such as that of a batch in which no record can succeed.
  void note_allowed(std::chrono::nanoseconds took) noexcept {
    if (!has_begun()) return;
    ++crashes_;
    spent_ += took;
  }

  /// True when the batch is not to be tried again: its time limit ran out once, or no batch may be tried.
  /// The smallest batch is the one that is tried twice, so one that was cut short then gets its time limit.
  bool settles(std::string_view payload) const {
    const auto crash = noted_.find(payload);
    if (crash == noted_.end() || crash->second.kind == Kind::ended) return is_spent();
    return crash->second.kind == Kind::timed_out;
  }

  bool was_cut_short(std::string_view payload) const {
    const auto crash = noted_.find(payload);
    return crash != noted_.end() && crash->second.kind == Kind::cut_short;
  }

  /// The error of this batch if it was noted, else empty.
  std::string_view error_of(std::string_view payload) const {
    const auto crash = noted_.find(payload);
    return crash == noted_.end() ? std::string_view() : std::string_view(crash->second.error);
  }

 private:
  struct Crash {
    std::string error;
    Kind kind;
  };

  static constexpr int most_crashes = 12;
  static constexpr std::chrono::seconds most_time{5};

  int crashes_ = 0;
  std::chrono::nanoseconds spent_{0};
  std::map<std::string, Crash, std::less<>> noted_;
};

}  // namespace batchproof::blackbox
