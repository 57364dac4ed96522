#include <re2/re2.h>

#include <algorithm>
#include <batchproof/blackbox/function_subject.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/observation.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <batchproof/runtime_api.hpp>
#include <chrono>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "crash_budget.hpp"
#include "delivered_again.hpp"
#include "expected_run.hpp"
#include "new_identifiers.hpp"
#include "patience.hpp"

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

/// The expression, with a group around it if it has no group; null when the text is empty.
std::unique_ptr<RE2> expression_of(const std::string& handled) {
  if (handled.empty()) return nullptr;
  auto expression = std::make_unique<RE2>(handled, RE2::Quiet);
  if (!expression->ok())
    throw std::invalid_argument("\"" + handled + "\" is not a regular expression: " + expression->error());
  if (expression->NumberOfCapturingGroups() > 0) return expression;
  return std::make_unique<RE2>('(' + handled + ')', RE2::Quiet);
}

/// The end of the log, in one line, from the beginning of a line where one begins in it.
std::string last_lines(std::string_view log) {
  constexpr std::size_t most_bytes = 300;
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t end = log.find_last_not_of(blank);
  if (end == std::string_view::npos) return "";
  log = log.substr(0, end + 1);
  if (log.size() > most_bytes) {
    log.remove_prefix(log.size() - most_bytes);
    log.remove_prefix(log.find('\n') + 1);  // 0 without one
  }
  std::string text(log);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return "; its log ends: " + text;
}

/// The reason why the invocation has no response to be judged; empty when it has one.
std::string problem_of(const Invocation& invocation, std::string_view log) {
  const bool has_response = invocation.end == InvocationEnd::response;
  return failure_of(invocation) + (has_response ? "" : last_lines(log));
}

}  // namespace

struct FunctionSubject::State {
  Function function;
  ProcessorClaims claims;
  bool cold = false;
  bool hostile = true;
  std::unique_ptr<RE2> handled;
  FunctionProcess process;
  NewIdentifiers identifiers{};
  CrashBudget crashes{};
  Patience patience;
  bool has_served = false;         // the running process has answered before
  bool fails_alone = false;        // a new process's answer to the same event was not as expected either
  bool needs_identifiers = false;  // and with other identifiers it was
  bool redelivers_always = false;  // a record that was delivered again once showed a violation
  std::size_t batches_with_rejected = 0;
  std::size_t ends_after_answer = 0;  // of the process, each after an answer that was as expected
  std::string log{};                  // output of the last invocations
  std::chrono::nanoseconds time_of_starts{0};

  void start() {
    has_served = false;
    const auto began = steady_clock::now();
    auto failed = process.start();
    time_of_starts += steady_clock::now() - began;
    if (failed) throw FunctionNotStarted(failed->problem, std::move(failed->log));
  }

  struct Run {
    Observation seen;
    bool is_as_expected = false;
    bool breaks_rules = false;  // of the Runtime API
    bool was_taken = true;      // false: the process ended after its last answer
    milliseconds took{0};
    RenamedBatch batch{};  // as the function saw it
    std::optional<CrashBudget::Kind> crash{};
  };

  static Run not_started(std::string error) {
    return {.seen = {.calls = {}, .response = std::nullopt, .error = std::move(error)},
            .crash = CrashBudget::Kind::ended};
  }

  /// One run in the current process, or in a new one if none runs.
  Run run(const BatchCase& batch_case, std::string_view payload, milliseconds limit) {
    const auto at_once = static_cast<std::size_t>(function.max_concurrency);
    try {
      if (cold || needs_identifiers || !process.is_running()) start();
      Run one = run_in(process, batch_case, payload, copies(batch_case, at_once), limit);
      if (has_served && !one.was_taken && !process.is_running()) {
        ++ends_after_answer;
        start();  // as Lambda does when a process has ended after its answer, which counts
        one = run_in(process, batch_case, payload, copies(batch_case, at_once), limit);
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
    return asks_for_verdict || crashes.was_cut_short(payload) ? patience.time_limit() : patience.now();
  }

  /// `run`, but when the answer is not as expected and a new process answers as expected, the run fails and
  /// says so.
  Observation run_and_compare(const BatchCase& batch_case, std::string_view payload) {
    const auto began = steady_clock::now();
    bool has_company = (has_served && process.is_running()) || function.max_concurrency > 1;
    Run one = run(batch_case, payload, limit_of(batch_case, payload));
    if (!one.is_as_expected && one.crash == CrashBudget::Kind::cut_short && !crashes.has_begun()) {
      one = run(batch_case, payload, patience.time_limit());  // in a new process
      if (one.is_as_expected) patience.be_always_whole();
      has_company = function.max_concurrency > 1;
      fails_alone = fails_alone || (!one.is_as_expected && !has_company);
    }
    const auto crash = one.crash;
    if (one.is_as_expected) {
      if (crash) crashes.note_allowed(steady_clock::now() - began);
      if (crash == CrashBudget::Kind::ended) ++ends_after_answer;
      if (!crash && is_to_be_redelivered(batch_case)) deliver_again(batch_case, payload, one);
      return std::move(one.seen);
    }
    // A new process would not show that the last invocation was answered twice.
    if (has_company && !cold && !fails_alone && !one.breaks_rules) {
      const bool timed_out = crash && *crash != CrashBudget::Kind::ended;
      const milliseconds limit = timed_out ? patience.now() : patience.time_limit();
      const Run alone = run_in_new_process(batch_case, payload, {one.batch}, limit);
      fails_alone = !alone.is_as_expected;
      if (fails_alone && crash) crashes.note(payload, one.seen.error, *crash, std::chrono::nanoseconds(0));
      if (!fails_alone) one.seen = beside_changed(alone.seen, std::move(one.seen), changed_by_another_batch);
      if (fails_alone && !crash) find_whether_identifiers_matter(batch_case, payload, one.batch, limit);
    }
    one.seen.note = note_of(batch_case, one);
    one.seen.ended_subject = crash.has_value();
    if (crash) crashes.note(payload, error_of(one.seen), *crash, steady_clock::now() - began);
    return std::move(one.seen);
  }

  /// What the reader of a violation must know of this run.
  std::string note_of(const BatchCase& batch_case, const Run& one) const {
    std::string note;
    const auto add = [&](const std::string& part) {
      if (!part.empty()) (note += note.empty() ? "" : "; ") += part;
    };
    if (needs_identifiers) add("with other identifiers the answer is as expected");
    if (needs_identifiers || has_numbers(batch_case.source)) add(names_sent(one.batch));
    if (one.crash == CrashBudget::Kind::timed_out)
      add("the limit is that of an invocation (time_limit, --time-limit)");
    if (!one.crash && function.max_concurrency == 1 && one.took > patience.time_limit() / 2) {
      add("it answered after " + std::to_string(one.took.count()) + " ms of the " +
          std::to_string(patience.time_limit().count()) +
          " ms of an invocation; one that stops near its deadline needs more time (time_limit, "
          "--time-limit) or smaller batches (largest_batch, --largest-batch)");
    }
    if (one.seen.further_runs.empty()) {
      add(claim_that_fits(laws(), batch_case, one.seen, claims));
      add(field_that_explains(batch_case, one.seen, claims));
    }
    return note;
  }

  std::span<const properties::Law> laws() const { return laws_of_functions(handled != nullptr); }

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
  /// batches get identifiers of this one, each in a new process, which knows none of them.
  void find_whether_identifiers_matter(const BatchCase& batch_case, std::string_view payload,
                                       const RenamedBatch& batch, milliseconds limit) {
    constexpr int most_attempts = 10;
    FunctionProcess other(function);
    if (other.start()) return;
    for (int attempt = 0; attempt < most_attempts && !needs_identifiers; ++attempt)
      needs_identifiers = run_in(other, batch_case, payload, copies(batch_case, 1), limit).is_as_expected;
    // The same identifiers must fail once more: otherwise the function answers by chance.
    if (needs_identifiers)
      needs_identifiers = !run_in_new_process(batch_case, payload, {batch}, limit).is_as_expected;
    if (needs_identifiers) identifiers.keep(batch);
  }

  /// True when an identifier is a number, whose size a fault may depend on.
  static bool has_numbers(fixtures::Source source) {
    return fixtures::info_of(source).delivery != fixtures::DeliveryKind::queue &&
           fixtures::info_of(source).delivery != fixtures::DeliveryKind::fifo_queue;
  }

  static std::string names_sent(const RenamedBatch& batch) {
    constexpr std::size_t most_names = 5;
    std::string text = "the function got ";
    for (std::size_t place = 0; place < std::min(most_names, batch.names().size()); ++place) {
      const auto& [own, sent] = batch.names()[place];
      text.append(place == 0 ? "" : ", ").append(own).append(" as ").append(sent);
    }
    return text + (batch.names().size() > most_names ? ", ..." : "");
  }

  /// Each costs an invocation, so one of four batches with rejected records is delivered again.
  bool is_to_be_redelivered(const BatchCase& batch_case) {
    constexpr std::size_t period = 4;
    const bool can_be = !cold && !needs_identifiers && function.max_concurrency == 1 &&
                        process.is_running() && !batch_case.has_unknown_verdicts() &&
                        std::any_of(batch_case.records.begin(), batch_case.records.end(),
                                    [](const auto& record) { return record.rejected; });
    return can_be && (batches_with_rejected++ % period == 0 || redelivers_always);
  }

  /// Delivers what the service delivers again after this answer: the same identifiers come, and must fail
  /// again. The run fails when new identifiers fail and these do not.
  void deliver_again(const BatchCase& batch_case, std::string_view payload, Run& one) {
    const BatchCase again = delivered_again(batch_case, claims, one.seen);
    if (again.records.empty()) return;
    const std::string payload_again = again.payload();
    const auto began = steady_clock::now();
    const Run second = run_in(process, again, payload_again, {one.batch}, patience.time_limit());
    if (second.is_as_expected || !second.was_taken) return;  // the process had ended after its last answer
    const Run alone = run_in_new_process(again, payload_again, copies(again, 1), patience.time_limit());
    if (!alone.is_as_expected) return;  // a fault that other batches show
    redelivers_always = true;
    Observation changed = second.seen;
    changed.redelivered = true;
    one.seen = beside_changed(std::move(one.seen), std::move(changed), changed_by_first_delivery);
    if (second.crash) crashes.note(payload, error_of(one.seen), *second.crash, steady_clock::now() - began);
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
      if (cold || !process.is_running()) start();
    } catch (const FunctionNotStarted& error) {
      run.response.reset();
      run.process_end = error.what() + last_lines(error.log());
      return run;
    }
    const auto began = steady_clock::now();
    const bool is_shrunk = crashes.has_begun() && !crashes.was_cut_short(payload);
    const milliseconds limit = is_shrunk ? patience.now() : patience.time_limit();
    Invocation invocation = process.invoke(payload, limit);
    const auto crash = crash_of(invocation.end, limit);
    note_time(crash, steady_clock::now() - began);
    if (process.is_running()) {  // a process that ends just after its answer does not take the event again
      Invocation again = process.invoke(payload, limit);
      if (again.end == InvocationEnd::ended) invocation = std::move(again);
    }
    has_served = true;
    log = std::move(invocation.log);
    if (invocation.end == InvocationEnd::error) {  // also an answer
      invocation.end = InvocationEnd::response;
      invocation.problem.clear();
    }
    const std::string problem = problem_of(invocation, log);
    if (problem.empty()) return run;
    run.response.reset();
    run.process_end = problem;
    if (!process.is_running())
      crashes.note(payload, problem, crash.value_or(CrashBudget::Kind::ended), steady_clock::now() - began);
    return run;
  }

  void note_time(std::optional<CrashBudget::Kind> crash, std::chrono::nanoseconds took) noexcept {
    if (!crash) patience.note_answer(took);
    if (crash == CrashBudget::Kind::timed_out) patience.note_whole_time_limit(took);
  }

  std::optional<CrashBudget::Kind> crash_of(InvocationEnd end, milliseconds limit) const noexcept {
    if (end == InvocationEnd::ended) return CrashBudget::Kind::ended;
    if (end != InvocationEnd::timed_out) return std::nullopt;
    return limit < patience.time_limit() ? CrashBudget::Kind::cut_short : CrashBudget::Kind::timed_out;
  }

  /// The crash again of a batch that crashed; for any other batch the expected observation.
  Observation without_another_crash(const BatchCase& batch_case, std::string_view payload) const {
    const std::string error(crashes.error_of(payload));
    const bool is_of_another_batch = error == changed_by_another_batch || error == changed_by_first_delivery;
    Observation seen = properties::observe(
        [&](std::string_view, RecordProbe& probe) {
          call_as_expected(probe, batch_case, claims);
          if (!error.empty() && !is_of_another_batch) throw std::runtime_error(error);
          return expected_answer(batch_case, claims);
        },
        batch_case);
    seen.calls_are_assumed = handled == nullptr;
    seen.ended_subject = !error.empty();
    if (is_of_another_batch) {
      Observation changed{.calls = {},
                          .response = std::nullopt,
                          .error = "the process ended or hung, and is not invoked so again"};
      changed.calls_are_assumed = handled == nullptr;
      changed.redelivered = error == changed_by_first_delivery;
      seen = beside_changed(std::move(seen), std::move(changed), error);
    }
    return seen;
  }

  Run run_in_new_process(const BatchCase& batch_case, std::string_view payload,
                         const std::vector<RenamedBatch>& batches, milliseconds limit) {
    FunctionProcess other(function);
    if (other.start()) return not_started("it did not start");
    return run_in(other, batch_case, payload, batches, limit);
  }

  std::vector<RenamedBatch> copies(const BatchCase& batch_case, std::size_t count) {
    std::vector<RenamedBatch> batches;
    for (std::size_t copy = 0; copy < count; ++copy) batches.push_back(identifiers.rename(batch_case));
    return batches;
  }

  /// Invokes the process with these batches at the same time, which differ only in their identifiers. Returns
  /// the first run that is not as expected, or else the last.
  Run run_in(FunctionProcess& running, const BatchCase& batch_case, std::string_view payload,
             const std::vector<RenamedBatch>& batches, milliseconds limit) {
    std::vector<std::string> events;
    events.reserve(batches.size());
    for (const RenamedBatch& batch : batches) events.push_back(batch.event(batch_case, payload));
    const auto began = steady_clock::now();
    std::vector<Invocation> invocations = running.invoke_all(events, limit);
    const auto took = steady_clock::now() - began;
    log = std::move(invocations.front().log);
    Run run;
    for (const Invocation& invocation : invocations) {
      if (!run.crash) run.crash = crash_of(invocation.end, limit);
    }
    note_time(run.crash, took);
    run.breaks_rules = !invocations.front().misuse.empty();
    run.was_taken = invocations.front().is_taken;
    run.took = std::chrono::duration_cast<milliseconds>(took);
    for (std::size_t copy = 0; copy < batches.size(); ++copy) {
      run.batch = batches[copy];
      // An identifier of another batch is wrong whatever its name is: the name is for the report.
      for (const auto others : {NewIdentifiers::Others::as_sent, NewIdentifiers::Others::named}) {
        run.seen = observe_one(batch_case, invocations[copy], batches[copy], batches.size() > 1, others);
        run.is_as_expected = is_as_expected(laws(), batch_case, run.seen, claims);
        if (run.is_as_expected) break;
      }
      if (!run.is_as_expected) break;
    }
    return run;
  }

  Observation observe_one(const BatchCase& batch_case, const Invocation& invocation,
                          const RenamedBatch& batch, bool has_others_in_its_log,
                          NewIdentifiers::Others others) {
    const auto subject = [&](std::string_view, RecordProbe& probe) -> std::string {
      if (handled) {
        call_as_logged(probe, batch, has_others_in_its_log);
      } else {
        call_as_expected(probe, batch_case, claims);
      }
      const std::string problem = problem_of(invocation, log);
      if (!problem.empty()) throw std::runtime_error(identifiers.in_own_names(problem, batch, false, others));
      return identifiers.in_own_names(invocation.body, batch, true, others);
    };
    Observation seen = properties::observe(subject, batch_case);
    seen.calls_are_assumed = handled == nullptr;
    return seen;
  }

  void call_as_logged(RecordProbe& probe, const RenamedBatch& batch, bool has_others_in_its_log) const {
    re2::StringPiece rest(log);
    for (std::string found; RE2::FindAndConsume(&rest, *handled, &found);) {
      if (found.empty()) return;  // an expression that matches nothing would loop forever
      const std::string own = identifiers.in_own_names(found, batch);
      const bool is_others = has_others_in_its_log && own.ends_with(another_batch);
      if (!is_others) probe.attempt(own);
    }
  }
};

FunctionSubject::FunctionSubject(const Function& function, const ProcessorClaims& claims,
                                 const SubjectOptions& options)
    : state_(std::make_shared<State>(State{.function = function,
                                           .claims = claims,
                                           .cold = options.cold,
                                           .hostile = options.hostile,
                                           .handled = expression_of(options.handled),
                                           .process = FunctionProcess(function),
                                           .patience = Patience(function.time_limit)})) {}

void FunctionSubject::start() { state_->start(); }

std::chrono::nanoseconds FunctionSubject::time_of_starts_and_time_outs() const noexcept {
  return state_->time_of_starts + state_->patience.waited();
}

std::vector<std::string> FunctionSubject::notes() const {
  const std::size_t ends = state_->ends_after_answer;
  if (ends == 0) return {};
  return {"the process ended after " + std::to_string(ends) +
          " of its answers: Lambda then starts another, which takes a cold start"};
}

Observation FunctionSubject::operator()(const BatchCase& batch_case, const std::string& payload) {
  State& state = *state_;
  const bool is_damaged = batch_case.records.empty() && payload != batch_case.payload();
  const bool is_sent = state.hostile || !batch_case.records.empty();
  const bool is_settled = !is_sent || state.crashes.settles(payload);
  Observation run = is_damaged   ? state.run_damaged(payload)
                    : is_settled ? state.without_another_crash(batch_case, payload)
                                 : state.run_and_compare(batch_case, payload);
  run.payload = payload;
  return run;
}

}  // namespace batchproof::blackbox
