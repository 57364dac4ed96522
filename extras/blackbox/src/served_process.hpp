#pragma once

#include <batchproof/runtime_api/function.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "crash_budget.hpp"

namespace batchproof::blackbox {

/// The process that gets the batches of a search one after the other, in whose memory an earlier batch may
/// have left something. Counts the answers after which it ended, since Lambda starts another then.
class ServedProcess {
 public:
  /// Starts nothing. Throws what `FunctionProcess` throws.
  explicit ServedProcess(const Function& function) : process_(function) {}

  /// Starts a process, after ending one that runs. Throws `FunctionNotStarted`.
  void start();

  runtime_api::FunctionProcess& process() noexcept { return process_; }
  bool is_running() const noexcept { return process_.is_running(); }

  /// Whether the running process got an event before.
  bool has_served() const noexcept { return has_served_; }
  void note_served() noexcept { has_served_ = true; }

  /// Whether the process ended after its last answer, and so took no event. `breaks_rules`: of the Runtime
  /// API, which is a finding.
  bool ended_before(bool was_taken, bool breaks_rules) const noexcept {
    return has_served_ && !was_taken && !breaks_rules && !is_running();
  }

  /// Starts another process in place of one that `ended_before`, and counts that. `why`: in words.
  void replace_ended(std::optional<CrashBudget::Kind> crash, const std::string& why);

  /// To be called for an answer as expected when the process has ended since, and for a batch of which no
  /// record had to succeed when the process ended without an answer.
  void note_end(bool has_answered) noexcept { ++(has_answered ? ends_after_answer_ : ends_without_answer_); }

  std::chrono::nanoseconds time_of_starts() const noexcept { return time_of_starts_; }

  /// What a user must know of the ends though they violate no law, a sentence each.
  std::vector<std::string> notes() const;

 private:
  runtime_api::FunctionProcess process_;
  bool has_served_ = false;
  std::size_t ends_after_answer_ = 0;
  std::size_t ends_without_answer_ = 0;
  std::size_t silences_ = 0;  // each after an answer: the process did not ask for the next batch
  std::string first_end_{};   // why it ended after an answer, if that was seen the first time
  std::chrono::nanoseconds time_of_starts_{0};
};

}  // namespace batchproof::blackbox
