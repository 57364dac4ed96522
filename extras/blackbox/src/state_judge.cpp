#include "state_judge.hpp"

#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/claims_on_run.hpp>
#include <batchproof/properties/observation.hpp>
#include <utility>

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

constexpr std::size_t period_of_states = 4;

}  // namespace

void StateJudge::judge(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  if (states_ == States::differ_by_chance) return;
  judge_records(batch_case, payload, one);
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
  return notes;
}

/// Whether the function goes on with the state that it is given. New processes must show a violation too,
/// which no earlier batch has then made.
void StateJudge::judge_use(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
  const std::size_t count = batch_case.records.size();
  if (!fixtures::has_windows(batch_case.source) || count < 2) return;
  if (!fixtures::invocation_of_window(batch_case).begins_window()) return;
  if (!state_without_failures(one.body) || !part_of_window(batch_case, payload, 0, count)) return;
  if (answers_without_failure_++ % period_of_states != 0 && use_ == UseOfState::goes_on) return;
  Observation part;
  std::string error;
  const auto part_with = [&](std::size_t begin, std::size_t end, const std::string& state) {
    return *part_of_window(batch_case, payload, begin, end, state);
  };
  const auto anew = [&](std::size_t begin, std::size_t end, const std::string& state) {
    return state_without_failures(run_anew(part_with(begin, end, state), one.batch).body);
  };
  const auto here = [&](std::size_t begin, std::size_t end, const std::string& state) {
    if (!process_.is_running()) return anew(begin, end, state);  // a state of its own may have ended it
    FunctionRun run = run_again(part_with(begin, end, state), {one.batch});
    if (end == count - 1 && part.payload.empty()) part = run.seen;
    if (error.empty()) error = run.seen.error;
    return state_without_failures(run.body);
  };
  const UseOfState use = use_of_state(count, here);
  if (!may_be_compared(part)) return;
  if (use != UseOfState::goes_on && (use == use_ || use_of_state(count, anew) == use)) {
    use_ = use;
    part.note = use == UseOfState::ignored ? state_is_ignored : state_is_not_read;
    if (!error.empty()) part.note += ": " + error;
  }
  part.first_records = count - 1;
  one.seen.further_runs = {std::move(part)};
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
  }
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
