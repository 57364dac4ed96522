#include <algorithm>
#include <array>
#include <batchproof/blackbox/function_subject.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <batchproof/runtime_api.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "crash_budget.hpp"
#include "delivered_again.hpp"
#include "expected_run.hpp"
#include "function_runs.hpp"
#include "note_of_run.hpp"
#include "state_of_window.hpp"

namespace batchproof::blackbox {
namespace {

using fixtures::BatchCase;
using fixtures::ProcessorClaims;
using properties::Observation;
using runtime_api::FunctionProcess;
using runtime_api::Invocation;
using runtime_api::InvocationEnd;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The notes of a run whose answer is not that of a new process.
constexpr std::string_view changed_by_another_batch = "another batch, or chance, changed the answer";
constexpr std::string_view changed_by_first_delivery =
    "what failed got another answer when it was delivered again: the first delivery left something behind";

constexpr std::string_view state_changed_by_another_batch =
    "another batch, or chance, changed the state in the answer";
constexpr std::string_view state_of_other_records =
    "the state is not that of the records before the checkpoint alone: when the records from there on come "
    "again, some count twice or never";
constexpr std::string_view state_is_ignored =
    "the function does not go on with the state that it is given: the last record, and also those before it, "
    "get the same state whether the event holds that of the others or an empty one";

}  // namespace

struct FunctionSubject::State {
  /// The states in the answers to a batch and to its first records, where they must be the same.
  enum class States { agree, differ_by_chance, differ_by_earlier_batches, differ_by_records };

  State(const Function& tested, const ProcessorClaims& claims, const SubjectOptions& wanted)
      : function(tested), options(wanted), runs(claims, wanted.handled, tested.time_limit), process(tested) {}

  Function function;
  SubjectOptions options;
  FunctionRuns runs;
  FunctionProcess process;
  CrashBudget crashes{};
  bool has_served = false;         // the running process has answered before
  bool fails_alone = false;        // a new process's answer to the same event was not as expected either
  bool needs_identifiers = false;  // and with other identifiers it was
  std::optional<std::size_t> tried_size{};  // of the batch for which this was found out last
  bool redelivers_always = false;           // a record that was delivered again once showed a violation
  States states = States::agree;
  bool ignores_state = false;                // new processes have shown it
  std::optional<std::string> first_state{};  // in an answer
  bool has_other_states = false;
  std::size_t batches_with_rejected = 0;
  std::size_t answers_with_state = 0;
  std::size_t answers_without_failure = 0;  // of windows
  std::size_t ends_after_answer = 0;        // of the process, each after an answer that was as expected
  std::chrono::nanoseconds time_of_starts{0};

  void start() {
    has_served = false;
    const auto began = steady_clock::now();
    auto failed = process.start();
    time_of_starts += steady_clock::now() - began;
    if (failed) throw FunctionNotStarted(failed->problem, std::move(failed->log));
  }

  static FunctionRun not_started(std::string error) {
    return {.seen = {.calls = {}, .response = std::nullopt, .error = std::move(error)},
            .crash = CrashBudget::Kind::ended};
  }

  /// One run in the current process, or in a new one if none runs.
  FunctionRun run(const BatchCase& batch_case, std::string_view payload, milliseconds limit) {
    const auto at_once = static_cast<std::size_t>(function.max_concurrency);
    try {
      if (options.cold || needs_identifiers || !process.is_running()) start();
      FunctionRun one = runs.in(process, batch_case, payload, runs.renamed(batch_case, at_once), limit);
      if (has_served && !one.was_taken && !process.is_running()) {
        ++ends_after_answer;
        start();  // as Lambda does when a process has ended after its answer, which counts
        one = runs.in(process, batch_case, payload, runs.renamed(batch_case, at_once), limit);
      }
      has_served = true;
      if (!process.is_running() && !one.crash) one.crash = CrashBudget::Kind::ended;  // after its answer
      return one;
    } catch (const FunctionNotStarted& error) {
      return not_started(error.what() + last_lines(error.log()));
    }
  }

  /// How long this batch may take: its verdict alone must not depend on the speed of the machine, nor a
  /// smallest batch.
  milliseconds limit_of(const BatchCase& batch_case, std::string_view payload) const {
    const bool asks_for_verdict = batch_case.records.size() == 1 && batch_case.has_unknown_verdicts();
    return asks_for_verdict || crashes.was_cut_short(payload) ? runs.patience().time_limit()
                                                              : runs.patience().now();
  }

  /// `run`, but when the answer is not as expected and a new process answers as expected, the run fails and
  /// says so.
  Observation run_and_compare(const BatchCase& batch_case, std::string_view payload) {
    const auto began = steady_clock::now();
    bool has_company = (has_served && process.is_running()) || function.max_concurrency > 1;
    FunctionRun one = run(batch_case, payload, limit_of(batch_case, payload));
    if (!one.is_as_expected && one.crash == CrashBudget::Kind::cut_short && !crashes.has_begun()) {
      one = run(batch_case, payload, runs.patience().time_limit());  // in a new process
      if (one.is_as_expected) runs.patience().be_always_whole();
      has_company = function.max_concurrency > 1;
      fails_alone = fails_alone || (!one.is_as_expected && !has_company);
    }
    const auto crash = one.crash;
    if (one.is_as_expected) {
      if (crash) crashes.note_allowed(steady_clock::now() - began);
      if (crash == CrashBudget::Kind::ended) ++ends_after_answer;
      if (!crash && is_to_be_redelivered(batch_case)) deliver_again(batch_case, payload, one);
      if (!crash && one.seen.further_runs.empty()) judge_state(batch_case, payload, one);
      remember_state(batch_case, one);
      return std::move(one.seen);
    }
    // A new process would not show that the last invocation was answered twice.
    if (has_company && !options.cold && !fails_alone && !one.breaks_rules) {
      const bool timed_out = crash && *crash != CrashBudget::Kind::ended;
      const milliseconds limit = timed_out ? runs.patience().now() : runs.patience().time_limit();
      const FunctionRun alone = run_in_new_process(batch_case, payload, {one.batch}, limit);
      fails_alone = !alone.is_as_expected;
      if (fails_alone && crash) crashes.note(payload, one.seen.error, *crash, std::chrono::nanoseconds(0));
      if (!fails_alone) one.seen = beside_changed(alone.seen, std::move(one.seen), changed_by_another_batch);
    }
    if (has_company && fails_alone && !crash && !one.breaks_rules && !options.cold)
      find_whether_identifiers_matter(batch_case, payload, one.batch);
    one.seen.note =
        note_of(one, runs, batch_case,
                {.needs_identifiers = needs_identifiers, .one_at_a_time = function.max_concurrency == 1});
    one.seen.ended_subject = crash.has_value();
    if (crash) crashes.note(payload, error_of(one.seen), *crash, steady_clock::now() - began);
    return std::move(one.seen);
  }

  /// A right run beside one that was changed, which the law `fresh` compares with it.
  static Observation beside_changed(Observation right, Observation changed, std::string_view note) {
    changed.note = note;
    right.further_runs = {std::move(changed)};
    return right;
  }

  /// What `crashes` keeps of a violation.
  static const std::string& error_of(const Observation& seen) {
    return seen.further_runs.empty() ? seen.error : seen.further_runs.back().note;
  }

  /// A function that damages some identifiers alone answers one of a few other events right. Then smaller
  /// batches get identifiers of this one, each in a new process, which knows none of them. Of many records
  /// one may get such an identifier each time, so this is tried again with half as many.
  void find_whether_identifiers_matter(const BatchCase& batch_case, std::string_view payload,
                                       const RenamedBatch& batch) {
    constexpr int most_attempts = 10;
    const std::size_t size = batch_case.records.size();
    if (needs_identifiers || (tried_size && size > *tried_size / 2)) return;
    tried_size = size;
    const milliseconds limit = runs.patience().time_limit();
    FunctionProcess other(function);
    if (other.start()) return;
    for (int attempt = 0; attempt < most_attempts && !needs_identifiers; ++attempt)
      needs_identifiers =
          runs.in(other, batch_case, payload, runs.renamed(batch_case, 1), limit).is_as_expected;
    // The same identifiers must fail once more: otherwise the function answers by chance.
    if (needs_identifiers)
      needs_identifiers = !run_in_new_process(batch_case, payload, {batch}, limit).is_as_expected;
    if (needs_identifiers) runs.keep_identifiers(batch);
  }

  /// Each costs an invocation, so one of four batches with rejected records is delivered again.
  bool is_to_be_redelivered(const BatchCase& batch_case) {
    constexpr std::size_t period = 4;
    const bool can_be = !options.cold && !needs_identifiers && function.max_concurrency == 1 &&
                        process.is_running() && !batch_case.has_unknown_verdicts() &&
                        std::any_of(batch_case.records.begin(), batch_case.records.end(),
                                    [](const auto& record) { return record.rejected; });
    return can_be && (batches_with_rejected++ % period == 0 || redelivers_always);
  }

  /// Delivers what the service delivers again after this answer: the same identifiers come, and must fail
  /// again. The run fails when new identifiers fail and these do not.
  void deliver_again(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
    const BatchCase again = delivered_again(batch_case, runs.claims(), one.seen);
    if (again.records.empty()) return;
    const std::string payload_again = again.payload();
    const auto began = steady_clock::now();
    const FunctionRun second =
        runs.in(process, again, payload_again, {one.batch}, runs.patience().time_limit());
    if (second.is_as_expected || !second.was_taken) return;  // the process had ended after its last answer
    const FunctionRun alone =
        run_in_new_process(again, payload_again, runs.renamed(again, 1), runs.patience().time_limit());
    if (!alone.is_as_expected) return;  // a fault that other batches show
    redelivers_always = true;
    Observation changed = second.seen;
    changed.redelivered = true;
    one.seen = beside_changed(std::move(one.seen), std::move(changed), changed_by_first_delivery);
    if (second.crash) crashes.note(payload, error_of(one.seen), *second.crash, steady_clock::now() - began);
  }

  /// Judges the state in the answer of a window. It costs invocations, so one of four answers is judged, and
  /// after a violation each, which makes it small.
  void judge_state(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
    if (states == States::differ_by_chance || options.cold || needs_identifiers ||
        function.max_concurrency != 1 || !process.is_running())
      return;
    judge_records_of_state(batch_case, payload, one);
    if (one.seen.further_runs.empty()) judge_use_of_state(batch_case, payload, one);
  }

  void remember_state(const BatchCase& batch_case, const FunctionRun& one) {
    if (!fixtures::has_windows(batch_case.source) || has_other_states) return;
    const auto state = state_without_failures(one.body);
    if (!state || batch_case.records.empty()) return;
    if (!first_state) first_state = state;
    has_other_states = state != first_state;
  }

  static constexpr std::size_t period_of_states = 4;

  /// Whether the function goes on with the state that it is given. New processes must show a violation too,
  /// which no earlier batch has then made.
  void judge_use_of_state(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
    const std::size_t count = batch_case.records.size();
    if (!fixtures::has_windows(batch_case.source) || count < 2) return;
    if (!fixtures::invocation_of_window(batch_case).begins_window()) return;
    if (!state_without_failures(one.body) || !part_of_window(batch_case, payload, 0, count)) return;
    if (answers_without_failure++ % period_of_states != 0 && !ignores_state) return;
    Observation part;
    const auto part_with = [&](std::size_t begin, std::size_t end, const std::string& state) {
      return *part_of_window(batch_case, payload, begin, end, state);
    };
    const auto here = [&](std::size_t begin, std::size_t end, const std::string& state) {
      FunctionRun run = run_again(part_with(begin, end, state), {one.batch});
      if (end == count - 1 && part.payload.empty()) part = run.seen;
      return state_without_failures(run.body);
    };
    const auto anew = [&](std::size_t begin, std::size_t end, const std::string& state) {
      return state_without_failures(run_anew(part_with(begin, end, state), one.batch).body);
    };
    const bool is_ignored = is_state_ignored(count, here) && (ignores_state || is_state_ignored(count, anew));
    if (!may_be_compared(part)) return;
    ignores_state = ignores_state || is_ignored;
    part.first_records = count - 1;
    if (is_ignored) part.note = state_is_ignored;
    one.seen.further_runs = {std::move(part)};
  }

  /// Compares the state in the answer with that of the records which it must hold.
  void judge_records_of_state(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
    const auto first = records_of_state(batch_case, payload, runs.claims(), one.seen);
    if (!first || (answers_with_state++ % period_of_states != 0 && states == States::agree)) return;
    const SentBatch whole{batch_case, std::string(payload)};
    Observation part = seen_again(*first, runs.renamed(first->batch_case, 1));
    if (!may_be_compared(part)) return;  // it may fail as a whole, or has a fault that other batches show
    part.first_records = first->batch_case.records.size();
    if (!have_same_state(one.seen, part)) {
      if (states == States::agree) {
        states = why_states_differ(whole, *first, one.batch);
      } else if (states == States::differ_by_records &&
                 have_same_state(seen_anew(whole, one.batch), seen_anew(*first, one.batch))) {
        return;  // a smaller batch without the fault, whose state depends on the identifiers
      }
      if (states == States::agree || states == States::differ_by_chance) return;
      if (states == States::differ_by_earlier_batches) return judge_changed_state(whole, one);
      part.note = state_of_other_records;
    }
    one.seen.further_runs = {std::move(part)};
  }

  /// Tells why the states of a batch and its first records differ. By chance, such as by a time, are those
  /// that agree when both are run again, and those that differ between new processes, which get the same
  /// identifiers: a state may depend on them.
  States why_states_differ(const SentBatch& whole, const SentBatch& first, const RenamedBatch& names) {
    const Observation whole_again = seen_again(whole, runs.renamed(whole.batch_case, 1));
    const Observation first_again = seen_again(first, runs.renamed(first.batch_case, 1));
    if (!may_be_compared(whole_again) || !may_be_compared(first_again)) return States::agree;
    if (have_same_state(whole_again, first_again)) return States::differ_by_chance;
    const std::array runs_anew{seen_anew(whole, names), seen_anew(first, names), seen_anew(whole, names),
                               seen_anew(first, names)};
    if (!std::all_of(runs_anew.begin(), runs_anew.end(), may_be_compared)) return States::agree;
    if (!have_same_state(runs_anew[0], runs_anew[2]) || !have_same_state(runs_anew[1], runs_anew[3]))
      return States::differ_by_chance;
    return have_same_state(runs_anew[0], runs_anew[1]) ? States::differ_by_earlier_batches
                                                       : States::differ_by_records;
  }

  /// The state that a new process gives must be that of this process, for the same identifiers. It is tried
  /// twice, since a time may change in between.
  void judge_changed_state(const SentBatch& whole, FunctionRun& one) {
    Observation here;
    Observation anew;
    for (int attempt = 0; attempt < 2; ++attempt) {
      const std::vector<RenamedBatch> names = runs.renamed(whole.batch_case, 1);
      here = seen_again(whole, names);
      anew = seen_anew(whole, names.front());
      if (!may_be_compared(here) || !may_be_compared(anew) || have_same_state(here, anew)) return;
    }
    one.seen = beside_changed(std::move(anew), std::move(here), state_changed_by_another_batch);
  }

  /// The run has no state when the process has ended after its last answer.
  FunctionRun run_again(const SentBatch& sent, const std::vector<RenamedBatch>& names) {
    return runs.in(process, sent.batch_case, sent.payload, names, runs.patience().time_limit());
  }

  Observation seen_again(const SentBatch& sent, const std::vector<RenamedBatch>& names) {
    return run_again(sent, names).seen;
  }

  FunctionRun run_anew(const SentBatch& sent, const RenamedBatch& names) {
    return run_in_new_process(sent.batch_case, sent.payload, {names}, runs.patience().time_limit());
  }

  Observation seen_anew(const SentBatch& sent, const RenamedBatch& names) {
    return run_anew(sent, names).seen;
  }

  /// Runs an event that AWS would not send: all that counts is whether the process stays alive and answers.
  Observation run_damaged(const std::string& payload) {
    Observation run{.calls = {}, .response = "{}"};
    if (!fixtures::is_json(payload)) return run;  // shrinking may make other payloads
    if (crashes.settles(payload)) {
      if (const std::string_view error = crashes.error_of(payload); !error.empty()) {
        run.response.reset();
        run.process_end = error;
      }
      return run;
    }
    try {
      if (options.cold || !process.is_running()) start();
    } catch (const FunctionNotStarted& error) {
      run.response.reset();
      run.process_end = error.what() + last_lines(error.log());
      return run;
    }
    const auto began = steady_clock::now();
    const bool is_shrunk = crashes.has_begun() && !crashes.was_cut_short(payload);
    const milliseconds limit = is_shrunk ? runs.patience().now() : runs.patience().time_limit();
    Invocation invocation = process.invoke(payload, limit);
    const auto crash = runs.crash_of(invocation.end, limit);
    runs.note_time(crash, steady_clock::now() - began);
    if (process.is_running()) {  // a process that ends just after its answer does not take the event again
      Invocation again = process.invoke(payload, limit);
      if (again.end == InvocationEnd::ended) invocation = std::move(again);
    }
    has_served = true;
    if (invocation.end == InvocationEnd::error) {  // also an answer
      invocation.end = InvocationEnd::response;
      invocation.problem.clear();
    }
    const std::string problem = problem_of(invocation, invocation.log);
    if (problem.empty()) return run;
    run.response.reset();
    run.process_end = problem;
    if (!process.is_running())
      crashes.note(payload, problem, crash.value_or(CrashBudget::Kind::ended), steady_clock::now() - began);
    return run;
  }

  /// The crash again of a batch that crashed; for any other batch the expected observation.
  Observation without_another_crash(const BatchCase& batch_case, std::string_view payload) const {
    const std::string error(crashes.error_of(payload));
    const bool is_of_another_batch = error == changed_by_another_batch || error == changed_by_first_delivery;
    Observation seen = properties::observe(
        [&](std::string_view, RecordProbe& probe) {
          call_as_expected(probe, batch_case, runs.claims());
          if (!error.empty() && !is_of_another_batch) throw std::runtime_error(error);
          return expected_answer(batch_case, runs.claims());
        },
        batch_case);
    seen.calls_are_assumed = runs.calls_are_assumed();
    seen.ended_subject = !error.empty();
    if (is_of_another_batch) {
      Observation changed{.calls = {},
                          .response = std::nullopt,
                          .error = "the process ended or hung, and is not invoked so again"};
      changed.calls_are_assumed = runs.calls_are_assumed();
      changed.redelivered = error == changed_by_first_delivery;
      seen = beside_changed(std::move(seen), std::move(changed), error);
    }
    return seen;
  }

  FunctionRun run_in_new_process(const BatchCase& batch_case, std::string_view payload,
                                 const std::vector<RenamedBatch>& batches, milliseconds limit) {
    FunctionProcess other(function);
    if (other.start()) return not_started("it did not start");
    return runs.in(other, batch_case, payload, batches, limit);
  }
};

FunctionSubject::FunctionSubject(const Function& function, const ProcessorClaims& claims,
                                 const SubjectOptions& options)
    : state_(std::make_shared<State>(function, claims, options)) {}

void FunctionSubject::start() { state_->start(); }

std::chrono::nanoseconds FunctionSubject::time_of_starts_and_time_outs() const noexcept {
  return state_->time_of_starts + state_->runs.patience().waited();
}

std::vector<std::string> FunctionSubject::notes() const {
  std::vector<std::string> notes;
  if (std::string note = state_->runs.note_on_logs(); !note.empty()) notes.push_back(std::move(note));
  if (const std::size_t ends = state_->ends_after_answer; ends > 0) {
    notes.push_back("the process ended after " + std::to_string(ends) +
                    " of its answers: Lambda then starts another, which takes a cold start");
  }
  if (state_->states == State::States::differ_by_chance) {
    notes.emplace_back(
        "the state in the answers differs from run to run, as one with a time does: the law window does not "
        "judge it");
  }
  if (state_->first_state && !state_->has_other_states) {
    constexpr std::size_t most_bytes = 100;
    const std::string& state = *state_->first_state;
    notes.push_back("every answer without failures holds the same state, " + state.substr(0, most_bytes) +
                    (state.size() > most_bytes ? "..." : "") +
                    ": whether the function folds its records into it is not judged");
  }
  return notes;
}

Observation FunctionSubject::operator()(const BatchCase& batch_case, const std::string& payload) {
  State& state = *state_;
  const bool is_damaged = batch_case.records.empty() && payload != batch_case.payload();
  const bool is_sent = state.options.hostile || !batch_case.records.empty();
  const bool is_settled = !is_sent || state.crashes.settles(payload);
  Observation run = is_damaged   ? state.run_damaged(payload)
                    : is_settled ? state.without_another_crash(batch_case, payload)
                                 : state.run_and_compare(batch_case, payload);
  run.payload = payload;
  return run;
}

}  // namespace batchproof::blackbox
