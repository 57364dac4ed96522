#include "function_runs.hpp"

#include <algorithm>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/properties/claims_on_run.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <set>
#include <stdexcept>
#include <utility>

#include "expected_run.hpp"

namespace batchproof::blackbox {

using fixtures::BatchCase;
using properties::Observation;
using runtime_api::FunctionProcess;
using runtime_api::Invocation;
using runtime_api::InvocationEnd;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t most_bytes_of_an_example = 100;

}  // namespace

std::string last_lines(std::string_view log) {
  constexpr std::size_t most_bytes = 300;
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t end = log.find_last_not_of(blank);
  if (end == std::string_view::npos) return "";
  log = log.substr(0, end + 1);
  if (log.size() > most_bytes) {
    log.remove_prefix(log.size() - most_bytes);
    log.remove_prefix(log.find('\n') + 1);  // from the beginning of a line; 0 without one
    while (!log.empty() && batchproof::detail::continues_character(log.front())) log.remove_prefix(1);
  }
  std::string text(log);
  std::replace(text.begin(), text.end(), '\n', ' ');
  const auto are_blanks = [](char one, char other) { return one == ' ' && other == ' '; };
  text.erase(std::unique(text.begin(), text.end(), are_blanks), text.end());
  return "; its log ends: " + text;
}

std::string problem_of(const Invocation& invocation, std::string_view log) {
  const bool has_response = invocation.end == InvocationEnd::response;
  return failure_of(invocation) + (has_response ? "" : last_lines(log));
}

Observation beside_changed(Observation right, Observation changed, std::string_view note) {
  changed.note = note;
  right.further_runs = {std::move(changed)};
  return right;
}

const std::string& last_error_of(const Observation& seen) noexcept {
  return seen.further_runs.empty() ? seen.error : seen.further_runs.back().note;
}

FunctionRuns::FunctionRuns(const Function& function, const fixtures::ProcessorClaims& claims,
                           const std::string& handled)
    : function_(function), claims_(claims), patience_(function.awaited_time()) {
  if (!handled.empty()) handled_.emplace(handled);
}

std::span<const properties::Law> FunctionRuns::laws() const {
  return laws_of_functions(handled_.has_value());
}

std::vector<RenamedBatch> FunctionRuns::renamed(const BatchCase& batch_case, std::size_t count) {
  std::vector<RenamedBatch> batches;
  for (std::size_t copy = 0; copy < count; ++copy) batches.push_back(identifiers_.rename(batch_case));
  return batches;
}

RenamedBatch FunctionRuns::renamed_anew(const BatchCase& batch_case) {
  return identifiers_.rename_anew(batch_case);
}

std::optional<CrashBudget::Kind> FunctionRuns::crash_of(InvocationEnd end,
                                                        milliseconds limit) const noexcept {
  if (end == InvocationEnd::ended) return CrashBudget::Kind::ended;
  if (end != InvocationEnd::timed_out) return std::nullopt;
  return limit < patience_.time_limit() ? CrashBudget::Kind::cut_short : CrashBudget::Kind::timed_out;
}

void FunctionRuns::note_time(std::optional<CrashBudget::Kind> crash, std::chrono::nanoseconds took) noexcept {
  if (!crash) patience_.note_answer(took);
  if (crash == CrashBudget::Kind::timed_out) patience_.note_whole_time_limit(took);
}

FunctionRun FunctionRuns::in(FunctionProcess& process, const BatchCase& batch_case, std::string_view payload,
                             const std::vector<RenamedBatch>& batches, milliseconds limit) {
  std::vector<std::string> events;
  events.reserve(batches.size());
  for (const RenamedBatch& batch : batches) events.push_back(batch.event(batch_case, payload));
  const auto began = steady_clock::now();
  std::vector<Invocation> invocations = process.invoke_all(events, limit);
  const auto took = steady_clock::now() - began;
  const std::string log = std::move(invocations.front().log);
  FunctionRun run;
  for (const Invocation& invocation : invocations) {
    if (!run.crash) run.crash = crash_of(invocation.end, limit);
  }
  note_time(run.crash, took);
  run.breaks_rules = !invocations.front().misuse.empty();
  run.was_taken = invocations.front().is_taken;
  run.took = std::chrono::duration_cast<milliseconds>(took);
  for (std::size_t copy = 0; copy < batches.size(); ++copy) {
    run.batch = batches[copy];
    run.body = invocations[copy].body;
    // An identifier of another batch is wrong whatever its name is: the name is for the report.
    for (const auto others : {NewIdentifiers::Others::as_sent, NewIdentifiers::Others::named}) {
      run.seen = observe(batch_case, invocations[copy], log, batches[copy], batches.size() > 1, others);
      run.is_as_expected = is_as_expected(laws(), batch_case, run.seen, claims_);
      if (run.is_as_expected) break;
    }
    if (!run.is_as_expected) break;
  }
  return run;
}

FunctionRun FunctionRuns::in_new_process(const BatchCase& batch_case, std::string_view payload,
                                         const std::vector<RenamedBatch>& batches, milliseconds limit) {
  FunctionProcess process(function_);
  if (process.start()) return not_started("it did not start");
  return in(process, batch_case, payload, batches, limit);
}

FunctionRun FunctionRuns::last_in_new_process(std::span<const SentBatch> batches, const RenamedBatch& names) {
  FunctionProcess process(function_);
  if (process.start()) return not_started("it did not start");
  FunctionRun last;
  for (const SentBatch& batch : batches) {
    if (!process.is_running()) return last;
    last = in(process, batch.batch_case, batch.payload, {names}, patience_.time_limit());
  }
  return last;
}

FunctionRun FunctionRuns::not_started(std::string error) {
  return {.seen = {.calls = {}, .response = std::nullopt, .error = std::move(error)},
          .crash = CrashBudget::Kind::ended};
}

Observation FunctionRuns::observe(const BatchCase& batch_case, const Invocation& invocation,
                                  std::string_view log, const RenamedBatch& batch, bool has_others_in_its_log,
                                  NewIdentifiers::Others others) {
  const auto subject = [&](std::string_view, RecordProbe& probe) -> std::string {
    const std::string problem = problem_of(invocation, log);
    std::string answer =
        problem.empty() ? identifiers_.in_own_names(invocation.body, batch, true, others) : "";
    if (handled_) {
      call_as_logged(probe, log, batch, batch_case, answer, has_others_in_its_log);
    } else {
      call_as_expected(probe, batch_case, claims_, answer);
    }
    if (!problem.empty()) throw std::runtime_error(identifiers_.in_own_names(problem, batch, false, others));
    return answer;
  };
  Observation seen = properties::observe(subject, batch_case);
  seen.calls_are_assumed = calls_are_assumed();
  return seen;
}

void FunctionRuns::call_as_logged(RecordProbe& probe, std::string_view log, const RenamedBatch& batch,
                                  const BatchCase& batch_case, const std::string& answer,
                                  bool has_others_in_its_log) {
  std::vector<std::string> logged;
  has_logs_ = has_logs_ || !batch.names().empty();
  has_printed_ = has_printed_ || !log.empty();
  has_objects_ = batch.has_objects();
  for (std::string& found : handled_->in(log)) {
    if (first_found_.empty()) first_found_ = batchproof::detail::excerpt(found, most_bytes_of_an_example);
    const std::string own = identifiers_.in_own_names(std::move(found), batch);
    const bool is_others = has_others_in_its_log && own.ends_with(another_batch);
    if (is_others) continue;
    const auto is_own = [&](const RenamedBatch::Name& name) { return name.own == own; };
    has_found_record_ = has_found_record_ || std::any_of(batch.names().begin(), batch.names().end(), is_own);
    logged.push_back(own);
  }
  const auto read = fixtures::read_service_answer(answer, batch_case.source);
  const std::set<std::string_view> reported(read.reported.begin(), read.reported.end());
  const bool failed_as_a_whole =
      answer.empty() && std::all_of(batch_case.records.begin(), batch_case.records.end(),
                                    [](const auto& record) { return record.rejected; });
  const bool stops_alone = properties::stops_group_alone(batch_case.source, claims_);
  std::vector<AnsweredRecord> answered;
  for (const auto& record : batch_case.records) {
    answered.push_back({.identifier = record.item_identifier,
                        .is_reported = failed_as_a_whole || reported.contains(record.item_identifier),
                        .must_fail = record.rejected,
                        .stops_with = stops_alone ? record.message_group_id.value_or("") : ""});
  }
  const bool stops = claims_.stop_on_first_failure || !fixtures::is_standard_queue(batch_case.source);
  for (const std::string& call : with_refused(logged, answered, stops)) probe.attempt(call);
}

std::string FunctionRuns::note_on_logs() const {
  if (!handled_ || !has_logs_ || has_found_record_) return "";
  if (!has_printed_) return std::string(properties::printed_nothing) + " (handled, --handled)";
  std::string note(first_found_.empty() ? properties::matched_nothing : properties::found_no_identifier);
  if (!first_found_.empty()) note += ", but for example \"" + first_found_ + "\"";
  return note + " (handled, --handled); " + what_handled_must_find(has_objects_);
}

}  // namespace batchproof::blackbox
