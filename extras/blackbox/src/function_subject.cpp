#include <algorithm>
#include <batchproof/blackbox/function_subject.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/hostile_input.hpp>
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
#include "state_judge.hpp"

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

/// False also for a crash that is as expected, since no record of its batch had to succeed: an earlier batch
/// may be the cause, and it says nothing of this one.
bool answers_as_expected(const FunctionRun& run) { return run.is_as_expected && !run.crash; }

}  // namespace

struct FunctionSubject::State {
  State(const Function& tested, const ProcessorClaims& claims, const SubjectOptions& wanted)
      : function(tested),
        options(wanted),
        runs(tested, claims, wanted.handled),
        process(tested),
        states(runs, process) {}

  Function function;
  SubjectOptions options;
  FunctionRuns runs;
  FunctionProcess process;
  StateJudge states;
  CrashBudget crashes{};
  bool has_served = false;         // the running process has answered before
  std::string usual_event{};       // as AWS sends it, and answered as expected; only with hostile input
  bool damage_ends = false;        // of a process, which the usual event does not end
  bool fails_alone = false;        // a new process's answer to the same event was not as expected either
  bool needs_identifiers = false;  // and those with other identifiers were
  bool begins_anew = false;        // each batch gets a new process: other identifiers, or age, hide the fault
  std::optional<std::size_t> tried_size{};            // of the batch for which this was found out last
  bool needs_cold_start = false;                      // only the first batch of a process shows the violation
  std::vector<std::string> cold_patterns{"x", "ox"};  // of the batches that are yet to begin a process
  bool redelivers_always = false;  // a record that was delivered again once showed a violation
  std::size_t batches_with_rejected = 0;
  std::size_t ends_after_answer = 0;    // of the process, each after an answer that was as expected
  std::size_t ends_without_answer = 0;  // each in a batch of which no record had to succeed
  std::size_t silences = 0;             // each after an answer: the process did not ask for the next batch
  std::string first_end{};              // why it ended after an answer, if that was seen the first time
  std::chrono::nanoseconds time_of_starts{0};

  void start() {
    has_served = false;
    const auto began = steady_clock::now();
    auto failed = process.start();
    time_of_starts += steady_clock::now() - began;
    if (failed) throw FunctionNotStarted(failed->problem, std::move(failed->log));
  }

  /// Starts another process, as Lambda does when one has ended after its answer, which counts.
  void replace_ended(std::optional<CrashBudget::Kind> crash, const std::string& why) {
    if (crash == CrashBudget::Kind::timed_out) ++silences;  // when cut short, it may only have been slow
    if (crash == CrashBudget::Kind::ended && ++ends_after_answer == 1) first_end = why;
    start();
  }

  /// One run in the current process, or in a new one if none runs.
  FunctionRun run(const BatchCase& batch_case, std::string_view payload, milliseconds limit,
                  bool from_cold = false) {
    const auto at_once = static_cast<std::size_t>(function.max_concurrency);
    try {
      if (options.cold || begins_anew || needs_cold_start || from_cold || !process.is_running()) start();
      FunctionRun one = runs.in(process, batch_case, payload, runs.renamed(batch_case, at_once), limit);
      if (has_served && !one.was_taken && !one.breaks_rules && !process.is_running()) {
        replace_ended(one.crash, one.seen.error);
        one = runs.in(process, batch_case, payload, runs.renamed(batch_case, at_once), limit);
      }
      has_served = true;
      const bool ended_after_answer = !process.is_running() && !one.crash;
      if (ended_after_answer) one.crash = CrashBudget::Kind::ended;
      if (one.is_as_expected && one.crash == CrashBudget::Kind::ended)
        ++(ended_after_answer ? ends_after_answer : ends_without_answer);
      if (options.hostile && usual_event.empty() && one.is_as_expected && !one.crash &&
          fixtures::hostile_input(batch_case).empty())
        usual_event = one.batch.event(batch_case, payload);
      return one;
    } catch (const FunctionNotStarted& error) {
      return FunctionRuns::not_started(error.what() + last_lines(error.log()));
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
    const bool from_cold = begins_a_process(batch_case);
    bool has_company = (has_served && process.is_running() && !from_cold && !needs_cold_start) ||
                       function.max_concurrency > 1;
    FunctionRun one = run(batch_case, payload, limit_of(batch_case, payload), from_cold);
    if (!one.is_as_expected && one.crash == CrashBudget::Kind::cut_short && !crashes.has_begun()) {
      one = run(batch_case, payload, runs.patience().time_limit());  // in a new process
      if (one.is_as_expected) runs.patience().be_always_whole();
      has_company = function.max_concurrency > 1;
      fails_alone = fails_alone || (!one.is_as_expected && !has_company);
    }
    const auto crash = one.crash;
    if (one.is_as_expected) {
      if (crash) crashes.note_allowed(steady_clock::now() - began);
      if (!crash && is_to_be_redelivered(batch_case)) deliver_again(batch_case, payload, one);
      if (!crash && one.seen.further_runs.empty() && may_invoke_again())
        states.judge(batch_case, payload, one);
      states.remember(batch_case, one);
      return std::move(one.seen);
    }
    // A new process would not show that the last invocation was answered twice.
    if (has_company && !options.cold && !fails_alone && !one.breaks_rules) {
      const bool timed_out = crash && *crash != CrashBudget::Kind::ended;
      const milliseconds limit = timed_out ? runs.patience().now() : runs.patience().time_limit();
      const FunctionRun alone = runs.in_new_process(batch_case, payload, {one.batch}, limit);
      fails_alone = !alone.is_as_expected;
      if (fails_alone && crash) crashes.note(payload, one.seen.error, *crash, std::chrono::nanoseconds(0));
      if (!fails_alone) one.seen = beside_changed(alone.seen, std::move(one.seen), changed_by_another_batch);
    }
    if (has_company && fails_alone && !crash && !one.breaks_rules && !options.cold)
      find_whether_identifiers_matter(batch_case, payload, one.batch);
    if (!has_company && !crash && !one.breaks_rules) {
      one.seen.needs_cold_start = shows_only_a_cold_start(batch_case, payload);
      if (!one.seen.needs_cold_start && !options.cold)
        find_whether_identifiers_matter(batch_case, payload, one.batch);
      fails_alone = fails_alone || begins_anew;
    }
    one.seen.note = note_of(
        one, runs, batch_case,
        {.keeps_identifiers = needs_identifiers && !crash, .one_at_a_time = function.max_concurrency == 1});
    one.seen.ended_subject = crash.has_value();
    if (crash) crashes.note(payload, error_of(one.seen), *crash, steady_clock::now() - began);
    return std::move(one.seen);
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
    if (begins_anew || (tried_size && size > *tried_size / 2)) return;
    tried_size = size;
    const milliseconds limit = runs.patience().time_limit();
    FunctionProcess other(function);
    if (other.start()) return;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      const std::vector<RenamedBatch> others = runs.renamed(batch_case, 1);
      if (!answers_as_expected(runs.in(other, batch_case, payload, others, limit))) continue;
      tell_identifiers_from_age(batch_case, payload, batch, others);
      return;
    }
  }

  /// A process that had served batches before answered right with other identifiers. If new processes do so
  /// too, and never with the same ones, the identifiers matter; if they never do, the age of the process
  /// does. Of a function that answers by chance, neither is true.
  void tell_identifiers_from_age(const BatchCase& batch_case, std::string_view payload,
                                 const RenamedBatch& batch, const std::vector<RenamedBatch>& others) {
    constexpr int times = 3;
    const milliseconds limit = runs.patience().time_limit();
    int times_right = 0;
    for (int time = 0; time < times; ++time) {
      if (runs.in_new_process(batch_case, payload, {batch}, limit).is_as_expected) return;
      times_right += answers_as_expected(runs.in_new_process(batch_case, payload, others, limit)) ? 1 : 0;
      if (times_right != 0 && times_right != time + 1) return;
    }
    begins_anew = true;
    needs_identifiers = times_right == times;
    if (needs_identifiers) runs.keep_identifiers(batch);
  }

  bool is_right_with_others(const BatchCase& batch_case, std::string_view payload) {
    constexpr int most_attempts = 4;  // one of a few others may be damaged as well
    if (!needs_identifiers) return false;
    const milliseconds limit = runs.patience().time_limit();
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      if (answers_as_expected(
              runs.in_new_process(batch_case, payload, {runs.renamed_anew(batch_case)}, limit)))
        return true;
    }
    return false;
  }

  /// Two of the batches begin a process each: a function may handle the first one otherwise than all later
  /// ones, and most of that shows where the first record must be rejected, or the second one.
  bool begins_a_process(const BatchCase& batch_case) {
    return has_served && may_invoke_again() && std::erase(cold_patterns, batch_case.pattern()) > 0;
  }

  /// Whether the process answers the next batch as expected, and, to tell it from chance, another process its
  /// first one not.
  bool shows_only_a_cold_start(const BatchCase& batch_case, std::string_view payload) {
    if (options.cold || begins_anew || function.max_concurrency != 1 || !process.is_running()) return false;
    const milliseconds limit = runs.patience().time_limit();
    const auto next = runs.in(process, batch_case, payload, runs.renamed(batch_case, 1), limit);
    if (!answers_as_expected(next)) return false;
    if (!needs_cold_start) {
      const auto names = runs.renamed(batch_case, 1);
      needs_cold_start = !runs.in_new_process(batch_case, payload, names, limit).is_as_expected;
    }
    return needs_cold_start;
  }

  /// Whether the running process may get another event after an answer, and the same identifiers again.
  bool may_invoke_again() const {
    return !options.cold && !begins_anew && !needs_cold_start && function.max_concurrency == 1 &&
           process.is_running();
  }

  /// Each costs an invocation, so one of four batches with rejected records is delivered again.
  bool is_to_be_redelivered(const BatchCase& batch_case) {
    constexpr std::size_t period = 4;
    const bool can_be = may_invoke_again() && !batch_case.has_unknown_verdicts() &&
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
        runs.in_new_process(again, payload_again, runs.renamed(again, 1), runs.patience().time_limit());
    if (!alone.is_as_expected) return;  // a fault that other batches show
    redelivers_always = true;
    Observation changed = second.seen;
    changed.redelivered = true;
    one.seen = beside_changed(std::move(one.seen), std::move(changed), changed_by_first_delivery);
    if (second.crash) crashes.note(payload, error_of(one.seen), *second.crash, steady_clock::now() - began);
  }

  /// Whether a new process ends that gets the event twice.
  bool is_ended_by(std::string_view event, milliseconds limit) const {
    FunctionProcess other(function);
    if (other.start()) return false;
    return other.invoke(event, limit).end == InvocationEnd::ended ||
           other.invoke(event, limit).end == InvocationEnd::ended;
  }

  /// Whether the event ends each new process, and the usual one ends none: some functions end after each
  /// answer, others after some.
  bool ends_for(std::string_view payload, milliseconds limit) {
    if (damage_ends) return is_ended_by(payload, limit);
    if (usual_event.empty()) return false;
    constexpr int enough = 8;
    for (int tries = 0; tries < enough; ++tries)
      if (!is_ended_by(payload, limit) || is_ended_by(usual_event, limit)) return false;
    damage_ends = true;
    return true;
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
    const auto began = steady_clock::now();
    const bool is_shrunk = crashes.has_begun() && !crashes.was_cut_short(payload);
    const milliseconds limit = is_shrunk ? runs.patience().now() : runs.patience().time_limit();
    Invocation invocation;
    try {
      if (options.cold || !process.is_running()) start();
      invocation = process.invoke(payload, limit);
      if (has_served && !invocation.is_taken && invocation.misuse.empty() && !process.is_running()) {
        replace_ended(runs.crash_of(invocation.end, limit), problem_of(invocation, invocation.log));
        invocation = process.invoke(payload, limit);
      }
    } catch (const FunctionNotStarted& error) {
      run.response.reset();
      run.process_end = error.what() + last_lines(error.log());
      return run;
    }
    const auto crash = runs.crash_of(invocation.end, limit);
    runs.note_time(crash, steady_clock::now() - began);
    if (process.is_running()) {  // a process that ends just after its answer does not take the event again
      Invocation again = process.invoke(payload, limit);
      if (again.end == InvocationEnd::ended && (again.is_taken || ends_for(payload, limit)))
        invocation = std::move(again);
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
  if (std::string note = note_on_handling(); !note.empty()) notes.push_back(std::move(note));
  const auto add = [&](std::size_t count, const std::string& before, const std::string& behind) {
    if (count > 0) notes.push_back(before + std::to_string(count) + behind);
  };
  const std::string& first = state_->first_end;
  add(state_->ends_after_answer, "the process ended after ",
      " of its answers: Lambda then starts another, which takes a cold start" +
          (first.empty() ? "" : "; the first time, " + first));
  add(state_->silences, "after ",
      " of its answers the process did not ask for the next batch in time, and was ended: Lambda waits until "
      "the function's timeout");
  add(state_->ends_without_answer, "the process ended without an answer in ",
      " batches of which no record had to succeed: Lambda then starts another, which takes a cold start");
  for (std::string& note : state_->states.notes()) notes.push_back(std::move(note));
  return notes;
}

bool FunctionSubject::is_right_with_others(const BatchCase& batch_case, const std::string& payload) {
  return state_->is_right_with_others(batch_case, payload);
}

std::string FunctionSubject::note_on_handling() const { return state_->runs.note_on_logs(); }

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
