#include "finding.hpp"

#include <algorithm>
#include <batchproof/fixtures/failure_kind.hpp>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <batchproof/properties/field_that_explains.hpp>
#include <batchproof/properties/laws.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "../evidence/expected_answer.hpp"
#include "child_process.hpp"
#include "experiments.hpp"
#include "shrink_fields.hpp"
#include "shrink_payloads.hpp"
#include "shrink_steps.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

std::string expected_of(const Finding& finding) {
  if (!finding.law->expected.empty()) return std::string(finding.law->expected);
  if (finding.shown_by.is_damaged) return std::string(finding.law->sentence);
  return expected_answer(finding.evidence());
}

/// The answer of a run, for people: the response, the exception, or how the run ended the process.
std::string answer_text(const Observation& run) {
  if (run.process_end) return *run.process_end;
  if (run.timeline && run.timeline->is_stuck) return "no answer";
  return run.response ? *run.response : "threw: " + run.error;
}

std::string actual_of(const Finding& finding) {
  return finding.law->needs_check ? fixtures::joined(finding.violations, "; ") : answer_text(finding.run);
}

ComparedRun compared_with(const Finding& finding, const Observation& further_run) {
  ComparedRun compared;
  compared.label = "again";
  compared.batch_case = finding.shown_by.batch;
  if (further_run.left_out) {
    compared.batch_case = without_record(finding.shown_by.batch, *further_run.left_out);
    compared.label = "without " + std::to_string(*further_run.left_out);
  }
  if (further_run.alone) {
    compared.batch_case = record_alone(finding.shown_by.batch, *further_run.alone);
    compared.label = "alone " + std::to_string(*further_run.alone);
  }
  if (further_run.redelivered) {
    const Evidence first = finding.evidence();
    compared.batch_case.records.clear();
    for (std::size_t index = 0; index < finding.shown_by.batch.records.size(); ++index) {
      if (first.comes_again(index))
        compared.batch_case.records.push_back(finding.shown_by.batch.records[index]);
    }
    compared.label = "redelivered";
  }
  if (further_run.first_records) {
    compared.batch_case.records.resize(*further_run.first_records);
    compared.label = "first " + std::to_string(*further_run.first_records);
  }
  compared.expected = expected_answer(Evidence(compared.batch_case, finding.subject->claims, further_run));
  compared.actual = answer_text(further_run);
  compared.observation = further_run;
  return compared;
}

/// The run that alone violates the law, of those that the law compares with the first.
std::optional<ComparedRun> compared_run(const Finding& finding) {
  // The last run is that of the same batch again; the one before may have another pattern.
  std::vector<Observation> runs = finding.run.further_runs;
  if (finding.law->experiment == Experiment::again) std::reverse(runs.begin(), runs.end());
  for (const Observation& further_run : runs) {
    Finding alone = finding;
    alone.run.further_runs = {further_run};
    if (!finding.law->violations(alone.evidence()).empty()) return compared_with(finding, further_run);
  }
  return std::nullopt;
}

/// Lets the handler that waited longest continue, wherever the violation is still seen.
void simplify_schedule(Finding& finding) {
  auto& choices = finding.shown_by.schedule.choices;
  keep_schedule(finding);
  for (std::size_t number = 0; number < choices->size(); ++number) {
    if ((*choices)[number] == 0) continue;
    Case simpler = finding.shown_by;
    (*simpler.schedule.choices)[number] = 0;
    if (is_violated_by(finding, simpler)) choices = finding.run.timeline->choices;
  }
  keep_schedule(finding);
}

constexpr auto most_time_for_values = std::chrono::seconds(5);

/// A try in a child process takes long, and one that hangs takes its whole time limit.
int most_tries_for_values(const Finding& finding) {
  if (finding.run.process_end && is_of_a_hang(*finding.run.process_end)) return 10;
  return finding.law->experiment == Experiment::in_child ? 200 : 5'000;
}

/// Learns the verdicts of near misses from the first run, which the other runs are compared with.
void learn_verdicts(Finding& finding) {
  if (finding.subject->learn) return;  // before
  const auto record_of_call = finding.evidence().handled().record_of_call;
  for (std::size_t call = 0; call < record_of_call.size(); ++call) {
    if (!record_of_call[call]) continue;
    fixtures::CaseRecord& record = finding.shown_by.batch.records[*record_of_call[call]];
    if (record.verdict_unknown) record.rejected = finding.run.calls[call].threw;
  }
}

void shrink_patiently(Finding& finding, Simplify simplify) {
  Case& smallest = finding.shown_by;
  if (!smallest.is_damaged) {
    smallest = Case(shrink_batch(
        finding, std::move(smallest.batch),
        [&](const BatchCase& smaller) { return is_violated_by(finding, Case(smaller)); }, simplify));
    if (finding.run.timeline) simplify_schedule(finding);
    return;
  }
  const bool is_slow = finding.law->id == survives.id;  // starts a process for each violating try
  const BatchCase batch = smallest.batch;
  smallest.payload = shrink_bytes(
      smallest.payload,
      [&](const std::string& smaller) { return is_violated_by(finding, Case(batch, smaller)); },
      is_slow ? 500 : 5000);
  smallest.batch = shrink(
      batch,
      [&](const BatchCase& smaller) { return is_violated_by(finding, Case(smaller, smallest.payload)); },
      Simplify::records_only);
}

/// What each of the first records throws that made the probe fail. Of a process that ended no call is known,
/// so these are the rejected records.
std::vector<std::string> unusual_failures(const Finding& finding) {
  constexpr std::size_t most = 3;
  const auto& records = finding.shown_by.batch.records;
  std::vector<bool> threw(records.size(), false);
  const auto record_of_call = finding.evidence().handled().record_of_call;
  for (std::size_t call = 0; call < record_of_call.size(); ++call) {
    if (record_of_call[call] && finding.run.calls[call].threw) threw[*record_of_call[call]] = true;
  }
  const bool is_in_child = finding.law->experiment == Experiment::in_child;
  std::vector<std::string> failures;
  for (std::size_t index = 0; index < records.size() && failures.size() < most; ++index) {
    const auto kind = fixtures::failure_kind(records[index].item_identifier);
    const bool failed = is_in_child ? records[index].rejected : threw[index];
    if (failed && kind != fixtures::FailureKind::rejected_record)
      failures.push_back("record " + std::to_string(index) + " throws " + std::string(in_words(kind)));
  }
  return failures;
}

}  // namespace

void keep_schedule(Finding& finding) {
  std::vector<std::size_t> choices = finding.run.timeline->choices;
  while (!choices.empty() && choices.back() == 0) choices.pop_back();
  finding.shown_by.schedule.choices = std::move(choices);
}

bool is_violated_once(Finding& finding, const Case& one) {
  Observation run = observe_experiment(*finding.subject, finding.law->experiment, one, finding.earlier);
  const Evidence evidence(one.batch, finding.subject->claims, run);
  auto violations = violations_of(*finding.law, evidence);
  if (violations.empty()) return false;
  finding.run = std::move(run);
  finding.violations = std::move(violations);
  return true;
}

bool is_violated_by(Finding& finding, const Case& one) {
  if (finding.subject->schedules == 0 || one.schedule.choices) return is_violated_once(finding, one);
  Case tried = one;
  for (tried.schedule.seed = 0; tried.schedule.seed < finding.subject->schedules; ++tried.schedule.seed) {
    if (is_violated_once(finding, tried)) return true;
  }
  return false;
}

BatchCase shrink_batch(const Finding& finding, BatchCase batch, const StillBreaks& still_breaks,
                       Simplify simplify) {
  batch = shrink(std::move(batch), still_breaks, simplify);
  // A law of fields compares the case's fields, which a changed record would not change.
  if (simplify == Simplify::records_only || finding.law->needs_fields || finding.run.ended_subject)
    return batch;
  const auto deadline = std::chrono::steady_clock::now() + most_time_for_values;
  int tries = most_tries_for_values(finding);
  const auto is_over = [&] { return tries-- == 0 || std::chrono::steady_clock::now() >= deadline; };
  static const PayloadChoices any_payload{.any = true};
  const auto& choices = finding.subject->draws.choices;
  return until_over(is_over, batch, no_more_hostile(batch, still_breaks),
                    [&](const BatchCase& whole, const StillBreaks& breaks) {
                      return shrink_payloads(shrink_fields(whole, breaks), choices ? *choices : any_payload,
                                             breaks);
                    });
}

void shrink(Finding& finding, Simplify simplify) {
  if (!finding.run.process_end || !is_of_a_hang(*finding.run.process_end))
    return shrink_patiently(finding, simplify);
  // Each try that hangs takes its whole time limit, so tries are few and short, and the result is run with
  // the full limit.
  const Finding drawn = finding;
  SubjectUnderTest impatient = *finding.subject;
  impatient.time_limit /= 10;
  finding.subject = &impatient;
  shrink_patiently(finding, simplify);
  finding.subject = drawn.subject;
  if (!is_violated_by(finding, Case(finding.shown_by))) finding = drawn;
}

bool is_violated_every_time(Finding& finding) {
  bool every_time = true;
  for (int again = 0; again < 3; ++again) every_time &= is_violated_by(finding, finding.shown_by);
  return every_time;
}

std::string failure_that_explains(const Finding& finding) {
  const bool is_in_child = finding.law->experiment == Experiment::in_child;
  const bool hangs = finding.run.process_end && is_of_a_hang(*finding.run.process_end);
  const bool may_run_again = !hangs && (!is_in_child || may_be_copied());
  const bool is_of_this_batch = !finding.needs_cold_start && finding.earlier.empty();
  // A request is another way to fail.
  if (!finding.subject->has_probe || !may_run_again || !is_of_this_batch || !finding.run.actions.empty())
    return "";
  const std::vector<std::string> failures = unusual_failures(finding);
  if (failures.empty()) return "";
  Case plain = finding.shown_by;
  plain.batch.fails_plainly = true;
  Finding again = finding;
  // Neither chance nor what a run left behind makes it so.
  const bool matters = is_violated_by(again, finding.shown_by) && !is_violated_by(again, plain) &&
                       !is_violated_by(again, plain) && is_violated_by(again, finding.shown_by);
  if (!matters) return "";
  return fixtures::joined(failures) +
         "; the law holds if RejectedRecord, a std::runtime_error, is thrown instead";
}

Counterexample counterexample_of(Finding finding, std::size_t drawn_size) {
  Counterexample found;
  learn_verdicts(finding);
  found.expected = expected_of(finding);
  found.actual = actual_of(finding);
  found.compared = compared_run(finding);
  found.claims = finding.subject->claims;
  found.mode = finding.subject->mode;
  found.damaged = finding.shown_by.is_damaged;
  found.hostile_input = found.damaged ? std::vector<std::string>{"the event is damaged"}
                                      : fixtures::hostile_input(finding.shown_by.batch);
  found.drawn_size = drawn_size;
  // Only handlers and functions decide by the payload, and of a function the run has its note.
  if (finding.law->id == verdict.id) finding.run.note = field_that_explains(finding.evidence());
  found.violations = std::move(finding.violations);
  found.observation = std::move(finding.run);
  found.batch_case = std::move(finding.shown_by.batch);
  found.confirmation = finding.confirmation;
  found.needs_cold_start = finding.needs_cold_start || found.observation.needs_cold_start;
  found.choices = finding.shown_by.schedule.choices.value_or(std::vector<std::size_t>());
  for (const EarlierCase& earlier : finding.earlier) found.earlier.push_back(earlier_batch_of(earlier));
  return found;
}

EarlierBatch earlier_batch_of(const EarlierCase& earlier) {
  return {earlier.subject->mode, earlier.shown.batch, earlier.shown.payload, earlier.shown.is_damaged};
}

}  // namespace batchproof::properties
