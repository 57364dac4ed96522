#pragma once

// Judges the states that a function answers with, in the windows of a search:
//
//     StateJudge states(runs, process);
//     states.judge(batch_case, payload, run);  // after a run that was as expected
//     states.remember(batch_case, run);

#include <batchproof/fixtures/batch_case.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "function_runs.hpp"
#include "state_of_window.hpp"
#include "window_parts.hpp"

namespace batchproof::blackbox {

/// Compares the state of an answer with those of further invocations, of the same process and of new ones.
/// Keeps what it has found out, since further invocations take time: one of four answers is judged and,
/// after a violation, each, which makes it small. Does nothing for sources without windows. One thread at a
/// time.
class StateJudge {
 public:
  /// Both must outlive it.
  StateJudge(FunctionRuns& runs, runtime_api::FunctionProcess& process) : runs_(runs), process_(process) {}

  /// Judges the state in the answer of this run, which was as expected, has no further runs, and was the last
  /// one of the process. The process must be running. A run that was compared with another then has it as its
  /// further run, with a note when the state is wrong.
  void judge(const fixtures::BatchCase& batch_case, std::string_view payload, FunctionRun& one);

  /// Takes note of the state in the answer of this run, which was as expected.
  void remember(const fixtures::BatchCase& batch_case, const FunctionRun& one);

  /// What a user must know of the states though they violate no law, a sentence each.
  std::vector<std::string> notes() const;

 private:
  /// The states in the answers to a batch and to its first records, where they must be the same.
  enum class States { agree, differ_by_chance, differ_by_earlier_batches, differ_by_records };

  /// What the function was found to do wrong with a state of its own.
  enum class Fault { none, fails_at_the_end, kept_in_memory, changed_by_the_first_delivery };

  void judge_use(const fixtures::BatchCase& batch_case, std::string_view payload, FunctionRun& one);
  std::string fault_with_own_state(WindowParts& parts, const WindowParts::Part& last,
                                   const std::optional<std::string>& after, const std::string& whole);
  void judge_again(const fixtures::BatchCase& batch_case, std::string_view payload, FunctionRun& one);
  void judge_records(const fixtures::BatchCase& batch_case, std::string_view payload, FunctionRun& one);
  void judge_changed(const SentBatch& whole, FunctionRun& one);
  States why_they_differ(const SentBatch& whole, const SentBatch& first, const RenamedBatch& names);
  FunctionRun run_again(const SentBatch& sent, const std::vector<RenamedBatch>& names);
  FunctionRun run_anew(const SentBatch& sent, const RenamedBatch& names);

  FunctionRuns& runs_;
  runtime_api::FunctionProcess& process_;
  States states_ = States::agree;
  UseOfState use_ = UseOfState::goes_on;  // new processes have shown another
  Fault fault_ = Fault::none;
  std::optional<std::string> first_state_{};  // in an answer
  bool has_other_states_ = false;
  bool counts_invocations_ = false;  // two invocations give another state than one
  std::size_t answers_with_state_ = 0;
  std::size_t answers_without_failure_ = 0;
  std::size_t answers_delivered_again_ = 0;
};

}  // namespace batchproof::blackbox
