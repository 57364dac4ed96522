#include "stage_runs.hpp"

#include <utility>

#include "experiments.hpp"

namespace batchproof::properties {

std::vector<StagedCase> drawn_cases(const Stage& stage, const SubjectUnderTest& subject, std::size_t number) {
  std::vector<StagedCase> cases = stage.cases(subject, number);
  std::erase_if(cases, [](const StagedCase& staged) { return !staged.drawn; });
  return cases;
}

std::optional<Finding> judge(const VerificationPlan& plan, const SubjectUnderTest& subject,
                             const StagedCase& staged, Tally& tally) {
  const std::span<const Law> laws = staged.law == nullptr ? plan.laws : std::span(staged.law, 1);
  std::optional<Finding> finding;
  bool is_new_case = true;
  run_each(staged.earlier);
  judge_case(
      subject, laws, *staged.drawn,
      [&](const Law& law, const Evidence& evidence) {
        if (std::exchange(is_new_case, false)) {
          tally.note_deletions(evidence);
          tally.note_calls(subject, staged, evidence.run);
        }
        if (finding && law.experiment == Experiment::one_run) return false;
        const bool judges = law.judges(evidence);
        tally.note_run(law, judges);
        if (!judges) return false;
        auto violations = law.violations(evidence);
        if (violations.empty()) return false;
        finding.emplace(Finding{&law, &subject, *staged.drawn, "", evidence.run, std::move(violations)});
        finding->earlier = staged.earlier;
        if (evidence.run.timeline) finding->shown_by.schedule.choices = evidence.run.timeline->choices;
        return !law.lower_priority_than_comparisons;
      },
      staged.left_out);
  return finding;
}

std::size_t steps_of(const Stage& stage, const VerificationPlan& plan) {
  return stage.count * plan.subjects.size();
}

std::chrono::milliseconds time_limit_of(const SubjectUnderTest& subject, const StagedCase& staged) {
  std::chrono::milliseconds limit = time_limit_of(subject, *staged.drawn);
  for (const EarlierCase& earlier : staged.earlier) limit += time_limit_of(*earlier.subject, earlier.shown);
  return limit;
}

void run_step(const Stage& stage, const VerificationPlan& plan, std::size_t step, const AllowTime& allow) {
  const std::size_t subjects = plan.subjects.size();
  const SubjectUnderTest& subject = plan.subjects[step % subjects];
  for (const StagedCase& staged : drawn_cases(stage, subject, step / subjects)) {
    allow(time_limit_of(subject, staged));
    run_each(staged.earlier);
    run_once(subject, *staged.drawn);
  }
}

std::optional<ChildEnd> run_stage_in_child(const Stage& stage, const VerificationPlan& plan,
                                           const Waits& waits) {
  return run_in_child_process(
      steps_of(stage, plan),
      [&](std::size_t step, const AllowTime& allow) { run_step(stage, plan, step, allow); }, waits);
}

std::chrono::nanoseconds StageTime::counted_time() const {
  const std::chrono::nanoseconds now = std::chrono::steady_clock::now().time_since_epoch();
  return plan_.time_not_counted ? now - plan_.time_not_counted() : now;
}

}  // namespace batchproof::properties
