#include "state_judge.hpp"

#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/claims_on_run.hpp>
#include <batchproof/properties/observation.hpp>
#include <utility>

#include "faults_of_windows.hpp"

namespace batchproof::blackbox {

using fixtures::BatchCase;
using properties::Observation;

namespace {

constexpr std::string_view state_changed_by_another_batch =
    "another batch, or chance, changed the state in the answer";
constexpr std::string_view state_of_other_records =
    "the state is not that of the records before the checkpoint alone: when the records from there on come "
    "again, some count twice or never";
constexpr std::string_view state_is_ignored =
    "the function does not go on with the state that it is given: the last record, and also those before it, "
    "get the same state whether the event holds that of the others or an empty one";
constexpr std::string_view state_is_not_read =
    "the function fails the last record when the event holds the state that it gave to those before it, and "
    "handles it when that is empty";

constexpr std::string_view state_is_in_memory =
    "the function keeps the state in memory: a process that has handled another batch answers another state "
    "than the process that gave the state in the event";
constexpr std::string_view state_changed_by_first_delivery =
    "the same event, delivered again as after a lost answer, gets another state";
constexpr std::string_view state_of_earlier_invocations_is_lost =
    "where a record fails, the state is not that of the records before the checkpoint alone, when the event "
    "holds the state of earlier invocations";
constexpr std::string_view state_depends_on_invocations =
    "two invocations give another state than one with the records of both: right only if the state is "
    "meant to depend on how the records were split, as a count of invocations does";

constexpr std::size_t period_of_states = 4;
constexpr std::size_t period_of_new_processes = 16;  // each costs a start

}  // namespace

void StateJudge::judge(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  if (states_ == States::differ_by_chance) return;
  judge_records(batch_case, payload, one);
  if (one.seen.further_runs.empty()) judge_again(batch_case, payload, one);
  if (one.seen.further_runs.empty()) judge_use(batch_case, payload, one);
}

void StateJudge::remember(const BatchCase& batch_case, const FunctionRun& one) {
  if (!fixtures::has_windows(batch_case.source) || has_other_states_) return;
  const auto state = state_without_failures(one.body);
  if (!state || batch_case.records.empty()) return;
  if (!first_state_) first_state_ = state;
  has_other_states_ = state != first_state_;
}

std::vector<std::string> StateJudge::notes() const {
  std::vector<std::string> notes;
  if (states_ == States::differ_by_chance) {
    notes.emplace_back(
        "the state in the answers differs from run to run, as one with a time does: the law window does not "
        "judge it");
  }
  if (first_state_ && !has_other_states_) {
    constexpr std::size_t most_bytes = 100;
    notes.push_back(std::string(properties::state_never_changes) +
                    batchproof::detail::excerpt(*first_state_, most_bytes) +
                    (first_state_->size() > most_bytes ? "..." : "") +
                    ": whether the function folds its records into it is not judged");
  }
  if (counts_invocations_ && states_ != States::differ_by_chance)
    notes.emplace_back(state_depends_on_invocations);
  return notes;
}

/// Whether the function goes on with the state that it is given. New processes must show a violation too,
/// which no earlier batch has then made.
void StateJudge::judge_use(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  const std::size_t count = batch_case.records.size();
  if (!fixtures::has_windows(batch_case.source) || count < 2) return;
  if (!fixtures::invocation_of_window(batch_case).begins_window()) return;
  if (!state_without_failures(one.body) || !sent_part_of_window(batch_case, payload, 0, count)) return;
  const bool has_found = use_ != UseOfState::goes_on || fault_ != Fault::none;
  if (answers_without_failure_++ % period_of_states != 0 && !has_found) return;
  WindowParts parts(runs_, process_, batch_case, payload, one.batch);
  Observation part;
  std::string error;
  WindowParts::Part last{.begin = count - 1, .end = count, .state = {}};
  std::optional<std::string> after;  // the last record, with the state of the others
  std::optional<std::string> whole;
  const auto anew = [&](std::size_t begin, std::size_t end, const std::string& state) {
    return parts.state_anew({.begin = begin, .end = end, .state = state});
  };
  const auto here = [&](std::size_t begin, std::size_t end, const std::string& state) {
    FunctionRun run = parts.here({.begin = begin, .end = end, .state = state});
    if (end == count - 1 && part.payload.empty()) part = run.seen;
    if (error.empty()) error = run.seen.error;
    auto answered = state_without_failures(run.body);
    if (begin == 0 && end == count && !whole) whole = answered;
    if (begin == count - 1 && last.state.empty()) {
      last.state = state;
      after = answered;
    }
    return answered;
  };
  const UseOfState use = use_of_state(count, here);
  if (!may_be_compared(part)) return;
  if (use != UseOfState::goes_on && (use == use_ || use_of_state(count, anew) == use)) {
    use_ = use;
    part.note = use == UseOfState::ignored ? state_is_ignored : state_is_not_read;
    if (!error.empty()) part.note += ": " + error;
  } else if (use == UseOfState::goes_on && after && whole) {
    part.note = fault_with_own_state(parts, last, after, *whole);
  }
  part.first_records = count - 1;
  one.seen.wrong_state = part.note;
  one.seen.further_runs = {std::move(part)};
}

/// What the function does wrong with a state of its own, in a sentence; empty if nothing. `last` is the last
/// record with the state of those before it, `after` the state that it got, and `whole` that of all records
/// in one invocation.
std::string StateJudge::fault_with_own_state(WindowParts& parts, const WindowParts::Part& last,
                                             const std::optional<std::string>& after,
                                             const std::string& whole) {
  if (!fixtures::is_same_state(*after, whole) &&
      parts.state_here({.begin = 0, .end = parts.records(), .state = "{}"}) == whole)
    counts_invocations_ = true;
  const bool is_due = answers_without_failure_ % period_of_new_processes < period_of_states;
  if (fault_ == Fault::none || fault_ == Fault::fails_at_the_end) {
    if (std::string failure = failure_at_the_end(parts, last); !failure.empty()) {
      fault_ = Fault::fails_at_the_end;
      return failure;
    }
  }
  if (fault_ == Fault::kept_in_memory || (fault_ == Fault::none && is_due)) {
    if (is_kept_in_memory(parts, last, *after)) {
      fault_ = Fault::kept_in_memory;
      return std::string(state_is_in_memory);
    }
  }
  return {};
}

/// Whether a batch that was handled as a whole gets the same state when it comes again, as after an answer
/// that was lost.
void StateJudge::judge_again(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  if (!fixtures::has_windows(batch_case.source) || batch_case.records.empty()) return;
  if (!state_without_failures(one.body) || !sent_part_of_window(batch_case, payload, 0, 1)) return;
  if (fault_ != Fault::none && fault_ != Fault::changed_by_the_first_delivery) return;
  if (answers_delivered_again_++ % period_of_states != 0 && fault_ == Fault::none) return;
  const SentBatch sent{batch_case, std::string(payload)};
  Observation again = run_again(sent, {one.batch}).seen;
  if (!may_be_compared(again) || have_same_state(one.seen, again)) return;
  // Other identifiers get the state of before, unless chance, the invocation or the process makes a
  // difference.
  if (!have_same_state(run_again(sent, runs_.renamed(batch_case, 1)).seen, one.seen)) return;
  const std::array twice{sent, sent};
  for (int time = 0; time < times_to_confirm; ++time) {
    if (!have_same_state(run_anew(sent, one.batch).seen, one.seen) ||
        !have_same_state(runs_.last_in_new_process(twice, one.batch).seen, again))
      return;
  }
  fault_ = Fault::changed_by_the_first_delivery;
  again.redelivered = true;
  one.seen = beside_changed(std::move(one.seen), std::move(again), state_changed_by_first_delivery);
}

/// Compares the state in the answer with that of the records which it must hold.
void StateJudge::judge_records(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  const auto first = records_of_state(batch_case, payload, runs_.claims(), one.seen);
  if (!first || (answers_with_state_++ % period_of_states != 0 && states_ == States::agree)) return;
  const SentBatch whole{batch_case, std::string(payload)};
  Observation part = run_again(*first, runs_.renamed(first->batch_case, 1)).seen;
  if (!may_be_compared(part)) return;  // it may fail as a whole, or has a fault that other batches show
  part.first_records = first->batch_case.records.size();
  if (!have_same_state(one.seen, part)) {
    if (states_ == States::agree) {
      states_ = why_they_differ(whole, *first, one.batch);
    } else if (states_ == States::differ_by_records &&
               have_same_state(run_anew(whole, one.batch).seen, run_anew(*first, one.batch).seen)) {
      return;  // a smaller batch without the fault, whose state depends on the identifiers
    }
    if (states_ == States::agree || states_ == States::differ_by_chance) return;
    if (states_ == States::differ_by_earlier_batches) return judge_changed(whole, one);
    part.note = state_of_other_records;
  } else if (fixtures::invocation_of_window(batch_case).begins_window()) {
    WindowParts parts(runs_, process_, batch_case, payload, one.batch);
    if (loses_earlier_state(parts, *part.first_records)) {
      states_ = States::differ_by_records;
      part.note = state_of_earlier_invocations_is_lost;
    }
  }
  one.seen.wrong_state = part.note;
  one.seen.further_runs = {std::move(part)};
}

/// Tells why the states of a batch and its first records differ. By chance, such as by a time, are those
/// that agree when both are run again, and those that differ between new processes, which get the same
/// identifiers: a state may depend on them.
StateJudge::States StateJudge::why_they_differ(const SentBatch& whole, const SentBatch& first,
                                               const RenamedBatch& names) {
  const Observation whole_again = run_again(whole, runs_.renamed(whole.batch_case, 1)).seen;
  const Observation first_again = run_again(first, runs_.renamed(first.batch_case, 1)).seen;
  if (!may_be_compared(whole_again) || !may_be_compared(first_again)) return States::agree;
  if (have_same_state(whole_again, first_again)) return States::differ_by_chance;
  const std::array runs_anew{run_anew(whole, names).seen, run_anew(first, names).seen,
                             run_anew(whole, names).seen, run_anew(first, names).seen};
  if (!std::all_of(runs_anew.begin(), runs_anew.end(), may_be_compared)) return States::agree;
  if (!have_same_state(runs_anew[0], runs_anew[2]) || !have_same_state(runs_anew[1], runs_anew[3]))
    return States::differ_by_chance;
  return have_same_state(runs_anew[0], runs_anew[1]) ? States::differ_by_earlier_batches
                                                     : States::differ_by_records;
}

/// The state that a new process gives must be that of this process, for the same identifiers. It is tried
/// twice, since a time may change in between.
void StateJudge::judge_changed(const SentBatch& whole, FunctionRun& one) {
  Observation here;
  Observation anew;
  for (int attempt = 0; attempt < 2; ++attempt) {
    const std::vector<RenamedBatch> names = runs_.renamed(whole.batch_case, 1);
    here = run_again(whole, names).seen;
    anew = run_anew(whole, names.front()).seen;
    if (!may_be_compared(here) || !may_be_compared(anew) || have_same_state(here, anew)) return;
  }
  one.seen = beside_changed(std::move(anew), std::move(here), state_changed_by_another_batch);
}

/// The run has no state when the process has ended after its last answer.
FunctionRun StateJudge::run_again(const SentBatch& sent, const std::vector<RenamedBatch>& names) {
  return runs_.in(process_, sent.batch_case, sent.payload, names, runs_.patience().time_limit());
}

FunctionRun StateJudge::run_anew(const SentBatch& sent, const RenamedBatch& names) {
  return runs_.in_new_process(sent.batch_case, sent.payload, {names}, runs_.patience().time_limit());
}

}  // namespace batchproof::blackbox
