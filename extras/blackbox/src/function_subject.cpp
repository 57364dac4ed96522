#include <batchproof/blackbox/function_subject.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "crash_budget.hpp"
#include "damaged_events.hpp"
#include "expected_run.hpp"
#include "first_batch_judge.hpp"
#include "function_runs.hpp"
#include "identifier_judge.hpp"
#include "note_of_run.hpp"
#include "redelivery_judge.hpp"
#include "served_process.hpp"
#include "state_judge.hpp"

namespace batchproof::blackbox {
namespace {

using fixtures::BatchCase;
using fixtures::ProcessorClaims;
using properties::Observation;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The note of a run whose answer is not that of a new process.
constexpr std::string_view changed_by_another_batch = "another batch, or chance, changed the answer";

}  // namespace

struct FunctionSubject::State {
  State(const Function& tested, const ProcessorClaims& claims, const SubjectOptions& wanted)
      : function(tested),
        options(wanted),
        runs(tested, claims, wanted.handled),
        process(tested),
        damaged(tested, wanted.cold, runs, process, crashes),
        identifiers(tested, runs),
        first_batches(runs, process),
        redeliveries(runs, process, crashes),
        states(runs, process.process()) {}

  Function function;
  SubjectOptions options;
  FunctionRuns runs;
  ServedProcess process;
  CrashBudget crashes{};
  DamagedEvents damaged;
  IdentifierJudge identifiers;
  FirstBatchJudge first_batches;
  RedeliveryJudge redeliveries;
  StateJudge states;
  bool has_had_hostile_input = false;  // the running process
  bool fails_alone = false;            // a new process's answer to the same event was not as expected either

  /// Whether each batch gets a new process, since only that shows a violation.
  bool begins_anew() const { return identifiers.begins_anew() || first_batches.needs_first_batch(); }

  bool has_one_at_a_time() const { return function.max_concurrency == 1; }

  /// Whether the running process may get another event after an answer, and the same identifiers again.
  bool may_invoke_again() const {
    return !options.cold && !begins_anew() && has_one_at_a_time() && process.is_running();
  }

  /// One run in the current process, or in a new one if none runs or each batch needs one.
  FunctionRun run(const BatchCase& batch_case, std::string_view payload, milliseconds limit,
                  bool in_another_process = false) {
    const auto at_once = static_cast<std::size_t>(function.max_concurrency);
    const auto run_here = [&] {
      return runs.in(process.process(), batch_case, payload, runs.renamed(batch_case, at_once), limit);
    };
    const auto began = steady_clock::now();
    try {
      if (options.cold || begins_anew() || in_another_process || !process.is_running()) {
        process.start();
        has_had_hostile_input = false;
      }
      const bool is_hostile = options.hostile && !fixtures::hostile_input(batch_case).empty();
      has_had_hostile_input = has_had_hostile_input || is_hostile;
      FunctionRun one = run_here();
      if (process.ended_before(one.was_taken, one.breaks_rules)) {
        process.replace_ended(one.crash, one.seen.error);
        one = run_here();
      }
      process.note_served();
      const bool has_answered = !one.crash;
      if (has_answered && !process.is_running()) one.crash = CrashBudget::Kind::ended;
      if (one.is_as_expected && one.crash == CrashBudget::Kind::ended) process.note_end(has_answered);
      if (options.hostile && !is_hostile && damaged.needs_usual_event() && answers_as_expected(one))
        damaged.set_usual_event(one.batch.event(batch_case, payload));
      return one;
    } catch (const FunctionNotStarted& error) {
      FunctionRun none = FunctionRuns::not_started(error.what() + last_lines(error.log()));
      none.took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
      return none;
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
    const bool is_first = may_invoke_again() && first_batches.begins_a_process(batch_case);
    bool has_company =
        (process.has_served() && process.is_running() && !is_first && !first_batches.needs_first_batch()) ||
        !has_one_at_a_time();
    FunctionRun one = run(batch_case, payload, limit_of(batch_case, payload), is_first);
    if (!one.is_as_expected && !one.crash && has_had_hostile_input &&
        fixtures::hostile_input(batch_case).empty()) {
      // A function may remember what it saw, such as the last sequence number, which is wrong here.
      one = run(batch_case, payload, limit_of(batch_case, payload), true);
      has_company = false;
    }
    if (!one.is_as_expected && one.crash == CrashBudget::Kind::cut_short && !crashes.has_begun()) {
      one = run(batch_case, payload, runs.patience().time_limit());  // in a new process
      if (one.is_as_expected) runs.patience().be_always_whole();
      has_company = !has_one_at_a_time();
      fails_alone = fails_alone || (!one.is_as_expected && !has_company);
    }
    if (one.is_as_expected) {
      judge_further(batch_case, payload, one);
      if (one.crash) crashes.note_allowed(one.took);
      return std::move(one.seen);
    }
    const auto crash = one.crash;
    // A new process would not show that the last invocation was answered twice.
    if (has_company && !options.cold && !fails_alone && !one.breaks_rules) {
      const bool timed_out = crash && *crash != CrashBudget::Kind::ended;
      const milliseconds limit = timed_out ? runs.patience().now() : runs.patience().time_limit();
      const FunctionRun alone = runs.in_new_process(batch_case, payload, {one.batch}, limit);
      fails_alone = !alone.is_as_expected;
      if (fails_alone && crash) crashes.note(payload, one.seen.error, *crash, std::chrono::nanoseconds(0));
      if (!fails_alone) one.seen = beside_changed(alone.seen, std::move(one.seen), changed_by_another_batch);
    }
    if (!crash && !one.breaks_rules) find_what_it_needs(batch_case, payload, one, has_company);
    one.seen.note = note_of(one, runs, batch_case,
                            {.keeps_identifiers = identifiers.needs_identifiers() && !crash,
                             .one_at_a_time = has_one_at_a_time()});
    one.seen.ended_subject = crash.has_value();
    if (crash) crashes.note(payload, last_error_of(one.seen), *crash, one.took);
    return std::move(one.seen);
  }

  /// Judges an answer that was as expected by further invocations.
  void judge_further(const BatchCase& batch_case, std::string_view payload, FunctionRun& one) {
    if (!one.crash && may_invoke_again()) redeliveries.judge(batch_case, payload, one);
    if (!one.crash && one.seen.further_runs.empty() && may_invoke_again())
      states.judge(batch_case, payload, one);
    states.remember(batch_case, one);
  }

  /// Whether an answer that was not as expected needs the first batch of a process, or these identifiers.
  void find_what_it_needs(const BatchCase& batch_case, std::string_view payload, FunctionRun& one,
                          bool has_company) {
    if (has_company && !fails_alone) return;
    if (!has_company && may_be_first_batch_alone())
      one.seen.needs_cold_start = first_batches.judge(batch_case, payload);
    if (!one.seen.needs_cold_start && !options.cold) identifiers.judge(batch_case, payload, one.batch);
    fails_alone = fails_alone || identifiers.begins_anew();
  }

  bool may_be_first_batch_alone() const {
    return !options.cold && !identifiers.begins_anew() && has_one_at_a_time() && process.is_running();
  }

  /// The crash again of a batch that crashed; for any other batch the expected observation.
  Observation without_another_crash(const BatchCase& batch_case, std::string_view payload) const {
    const std::string error(crashes.error_of(payload));
    const bool is_of_another_batch =
        error == changed_by_another_batch || error == changed_by_earlier_delivery;
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
      changed.redelivered = error == changed_by_earlier_delivery;
      seen = beside_changed(std::move(seen), std::move(changed), error);
    }
    return seen;
  }
};

FunctionSubject::FunctionSubject(const Function& function, const ProcessorClaims& claims,
                                 const SubjectOptions& options)
    : state_(std::make_shared<State>(function, claims, options)) {}

void FunctionSubject::start() { state_->process.start(); }

void FunctionSubject::end() noexcept { state_->process.process().stop(); }

std::chrono::nanoseconds FunctionSubject::time_of_starts_and_time_outs() const noexcept {
  return state_->process.time_of_starts() + state_->runs.patience().waited();
}

std::vector<std::string> FunctionSubject::notes() const {
  std::vector<std::string> notes;
  if (std::string note = note_on_handling(); !note.empty()) notes.push_back(std::move(note));
  for (std::string& note : state_->process.notes()) notes.push_back(std::move(note));
  for (std::string& note : state_->states.notes()) notes.push_back(std::move(note));
  return notes;
}

bool FunctionSubject::is_right_with_others(const BatchCase& batch_case, const std::string& payload) {
  return state_->identifiers.is_right_with_others(batch_case, payload);
}

std::string FunctionSubject::note_on_handling() const { return state_->runs.note_on_logs(); }

Observation FunctionSubject::operator()(const BatchCase& batch_case, const std::string& payload) {
  State& state = *state_;
  const bool is_damaged = batch_case.records.empty() && payload != batch_case.payload();
  const bool is_sent = state.options.hostile || !batch_case.records.empty();
  const bool is_settled = !is_sent || state.crashes.settles(payload);
  state.has_had_hostile_input = state.has_had_hostile_input || is_damaged;
  Observation run = is_damaged   ? state.damaged.run(payload)
                    : is_settled ? state.without_another_crash(batch_case, payload)
                                 : state.run_and_compare(batch_case, payload);
  run.payload = payload;
  return run;
}

}  // namespace batchproof::blackbox
