// Runs cases through the subjects under test, and judges each by the laws.

#include "search.hpp"

#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <optional>
#include <stdexcept>
#include <utility>

#include "child_process.hpp"
#include "experiments.hpp"
#include "tally.hpp"

namespace batchproof::properties {
namespace {

/// The first law that the case violates. One of lower priority gives way to one that compares runs.
std::optional<Finding> judge(const VerificationPlan& plan, const SubjectUnderTest& subject,
                             const StagedCase& staged, Tally& tally) {
  const std::span<const Law> laws = staged.law == nullptr ? plan.laws : std::span(staged.law, 1);
  std::optional<Finding> finding;
  judge_case(subject, laws, *staged.drawn, [&](const Law& law, const Evidence& evidence) {
    if (finding && law.experiment == Experiment::one_run) return false;
    const bool judges = law.judges(evidence);
    tally.note_run(law, judges);
    if (!judges) return false;
    auto violations = law.violations(evidence);
    if (violations.empty()) return false;
    finding.emplace(Finding{&law, &subject, *staged.drawn, "", evidence.run, std::move(violations)});
    return !law.lower_priority_than_comparisons;
  });
  return finding;
}

std::optional<Finding> run_number(const Stage& stage, std::size_t number, const VerificationPlan& plan,
                                  Tally& tally) {
  for (const SubjectUnderTest& subject : plan.subjects) {
    for (const StagedCase& staged : stage.cases(subject, number)) {
      if (!staged.drawn) {
        tally.note_that_the_generator_gave_up();
        continue;
      }
      tally.count(stage.kind, staged);
      if (auto finding = judge(plan, subject, staged, tally)) return finding;
    }
  }
  return std::nullopt;
}

std::optional<Finding> run_here(const Stage& stage, const VerificationPlan& plan, Tally& tally) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t number = 0; number < stage.count; ++number) {
    if (stage.budget && std::chrono::steady_clock::now() - start >= *stage.budget) break;
    tally.begin_number();
    auto finding = run_number(stage, number, plan, tally);
    tally.end_number(stage.kind);
    if (plan.progress && stage.kind == CaseKind::random) plan.progress(tally.results(), plan.settings.cases);
    if (finding) {
      finding->found_in = stage.name(number);
      return finding;
    }
  }
  return std::nullopt;
}

/// The cases of a step in the child process: all of one subject come before those of the next.
std::vector<StagedCase> cases_of_step(const Stage& stage, const VerificationPlan& plan, std::size_t step) {
  return stage.cases(plan.subjects[step / stage.count], step % stage.count);
}

std::optional<Finding> run_in_child(const Stage& stage, const VerificationPlan& plan, Tally& tally) {
  const std::size_t steps = stage.count * plan.subjects.size();
  if (steps == 0) return std::nullopt;
  const auto end = run_in_child_process(steps, [&](std::size_t step) {
    for (const StagedCase& staged : cases_of_step(stage, plan, step)) {
      if (staged.drawn)
        observe_experiment(plan.subjects[step / stage.count], Experiment::one_run, *staged.drawn);
    }
  });
  const Law& law = *law_of_child(plan.laws);
  tally.count_child(stage.kind, law, end ? end->step + 1 : steps, end ? 0 : stage.count);
  if (!end) return std::nullopt;
  auto cases = cases_of_step(stage, plan, end->step);
  if (cases.empty() || !cases.front().drawn)
    throw std::runtime_error("a child process ended while it drew a case: " + end->how);
  Finding finding{&law, &plan.subjects[end->step / stage.count], std::move(*cases.front().drawn),
                  stage.name(end->step % stage.count)};
  finding.run.payload = finding.shown_by.payload;
  finding.run.process_end = end->how;
  finding.violations = law.violations(finding.evidence());
  return finding;
}

Report::Facts facts_of(std::span<const Stage> stages, const VerificationPlan& plan) {
  Tally tally(plan);
  for (const Stage& stage : stages) {
    auto finding = stage.in_child ? run_in_child(stage, plan, tally) : run_here(stage, plan, tally);
    if (finding) return tally.facts_with(std::move(*finding));
  }
  return tally.facts_without_finding();
}

/// One random case of the first subject, judged by a law that it violates.
LawState state_of_canary(const VerificationPlan& plan) {
  VerificationPlan doomed{.laws = {&canary, 1}, .subjects = {plan.subjects.front()}};
  doomed.simplify = plan.simplify;
  doomed.settings.cases = 1;
  const Report report = search(stages_of(doomed), doomed);
  return !report.passed() && report.broken_law() == canary.id ? LawState::held : LawState::violated;
}

}  // namespace

Report search(std::span<const Stage> stages, const VerificationPlan& plan) {
  return Report(facts_of(stages, plan));
}

Report verify(const VerificationPlan& plan) {
  Report::Facts facts = facts_of(stages_of(plan), plan);
  if (facts.cases > 0 || facts.small_cases > 0)
    facts.laws.push_back(result_of(canary, state_of_canary(plan), 1));
  return Report(std::move(facts));
}

}  // namespace batchproof::properties
