#include <batchproof/blackbox/function_subject.hpp>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/claims_on_run.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace batchproof::blackbox {
namespace {

void refuse_no_records(const VerifyFunctionOptions& options) {
  if (options.hostile || options.largest_batch != 0U) return;
  throw std::invalid_argument(
      "verify_function needs a largest_batch of at least 1: a batch without records is sent only if it is "
      "hostile");
}

void refuse_useless_lists(const properties::Payloads& payloads) {
  if (payloads.accepted.empty() && payloads.rejected.empty())
    throw std::invalid_argument("verify_function needs payloads that the function accepts or rejects");
  fixtures::refuse_contradiction("verify_function", payloads.accepted, payloads.rejected);
  properties::refuse_other_verdicts("verify_function", payloads);
}

/// A function for a topic without tombstones may fail as a whole when it gets one. Every table has removals,
/// unless each record is another kind of change.
bool has_removals(fixtures::Source source, const VerifyFunctionOptions& options) {
  return source != fixtures::Source::kafka && !fixtures::fix_the_kind_of_change(options.record_fields);
}

/// What a report does not hold, and all shards of a run must share.
std::string run_in_words(const Function& function, const VerifyFunctionOptions& options) {
  std::string words = options.record_fields + "\nhandled " + options.handled + "\ncold " +
                      std::to_string(options.cold) + "\nat a time " +
                      std::to_string(function.max_concurrency);
  for (const std::string& argument : function.command) words += '\n' + argument;
  return words;
}

}  // namespace

fixtures::ProcessorClaims claims_of(const VerifyFunctionOptions& options) noexcept {
  return {.skip_group_on_error = options.skip_group_on_error,
          .raise_on_entire_batch_failure = options.raise_on_entire_batch_failure,
          .reports_every_failure = options.reports_every_failure,
          .stop_on_first_failure = options.stop_on_first_failure,
          .order_by_key = options.order_by_key};
}

properties::Report verify_function(const Verification& verification, const Function& function,
                                   const VerifyFunctionOptions& options) {
  const properties::Payloads payloads{options.accepted, options.rejected, options.classify,
                                      options.near_misses, has_removals(verification.source, options)};
  refuse_useless_lists(payloads);
  refuse_no_records(options);
  const fixtures::ProcessorClaims claims = claims_of(options);
  FunctionSubject subject(function, claims,
                          {.handled = options.handled, .cold = options.cold, .hostile = options.hostile});
  fixtures::RecordFields fields("verify_function: .record_fields", verification.source,
                                options.record_fields);
  const auto observe = [subject, &fields](const fixtures::BatchCase& batch_case,
                                          const std::string& payload) mutable {
    if (fields.empty() || payload != batch_case.payload()) return subject(batch_case, payload);
    const fixtures::BatchCase sent = fields.added_to(batch_case);
    return subject(sent, sent.payload());
  };
  subject.start();  // its time does not count, and a function that does not start violates no law
  properties::Report report = properties::verify_observed(
      laws_of_functions(!options.handled.empty(), options.cold), verification.source, observe, claims,
      payloads,
      {.cases = options.cases,
       .seed = options.seed,
       .largest_batch = options.largest_batch,
       .small_cases_budget = options.small_cases_budget,
       .regressions = options.regressions,
       .progress = verification.progress,
       .replay_command = verification.replay_command,
       .hostile = options.hostile,
       .shard = options.shard,
       .time_not_counted = [subject] { return subject.time_of_starts_and_time_outs(); },
       .same_in_shards = run_in_words(function, options),
       .begin_anew = [subject]() mutable { subject.end(); }});
  if (report.violated_law() != nullptr && !report.counterexample().damaged) {
    const fixtures::BatchCase sent = fields.added_to(report.counterexample().batch_case);
    if (subject.is_right_with_others(sent, sent.payload()))
      report.add_to_counterexample("with other identifiers the answer is as expected");
  }
  for (std::string& note : properties::notes_on_lists(payloads, "function")) report.add_note(std::move(note));
  for (std::string& note : subject.notes()) {
    // A search that ended early may have had batches of one record alone.
    if (report.passed() || !note.starts_with(properties::state_never_changes))
      report.add_note(std::move(note));
  }
  if (options.handled.empty() && fixtures::is_fifo_queue(verification.source)) {
    report.add_note(
        "whether the function handles a message after a failure of its group is judged only where its "
        "log shows what it handled (handled, --handled)");
  }
  return report;
}

}  // namespace batchproof::blackbox
