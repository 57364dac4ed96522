#include "cold_starts.hpp"

#include <batchproof/properties/laws.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "child_process.hpp"
#include "experiments.hpp"
#include "stage_runs.hpp"
#include "tally.hpp"

namespace batchproof::properties {
namespace {

/// The id of the law that the case violates in a copy of this process, empty for none; nothing when the copy
/// ended or did not answer in time.
std::optional<std::string> law_violated_in_copy(const VerificationPlan& plan, const SubjectUnderTest& subject,
                                                const StagedCase& staged) {
  return text_made_in_child_process([&](const AllowTime& allow) {
    allow(time_limit_of(subject, staged));
    SubjectUnderTest limited = subject;
    limited.run = [&](const Case& one, Watch watch) {
      allow(time_limit_of(subject, *staged.drawn));
      return subject.run(one, watch);
    };
    Tally not_counted(plan);
    const auto finding = judge(plan, limited, staged, not_counted);
    if (staged.law != nullptr && staged.law->experiment == Experiment::in_child)
      run_once(limited, *staged.drawn);  // after its earlier cases
    return finding ? std::string(finding->law->id) : "";
  });
}

/// After more cases than those whose number a fault may depend on.
StagedCase as_a_later_one(const SubjectUnderTest& subject, StagedCase staged) {
  constexpr std::size_t enough = 8;
  staged.earlier.insert(staged.earlier.end(), enough, {&subject, *staged.drawn});
  return staged;
}

/// The case, of which a copy ended, does not end one that has survived others.
bool ends_only_as_the_first(Finding& finding, const std::vector<EarlierCase>& survived) {
  Finding later = finding;
  later.earlier = survived;
  return !survived.empty() && !is_violated_by(later, later.shown_by) &&
         is_violated_by(finding, finding.shown_by);
}

/// True when a batch of listed payloads, the first of them an accepted one, violates the law as the first
/// case too: then the copy is to blame, whose connection may be lost.
bool is_violated_without_near_misses(const Law& law, const SubjectUnderTest& subject,
                                     const VerificationPlan& plan) {
  constexpr std::size_t tries = 64;
  for (std::size_t number = 0; number < tries; ++number) {
    StagedCase staged{.drawn = subject.draws.batch(number), .law = &law};
    if (!staged.drawn || staged.drawn->batch.records.empty()) continue;
    const fixtures::CaseRecord& first = staged.drawn->batch.records.front();
    if (first.rejected || first.verdict_unknown) continue;
    return law_violated_in_copy(plan, subject, staged) != "";
  }
  return true;
}

/// What the case shows as the first one. Adds a case that violates nothing then to those that survived.
std::optional<Finding> find_in(StagedCase& staged, const SubjectUnderTest& subject,
                               const VerificationPlan& plan, std::vector<EarlierCase>& survived) {
  const auto law = law_violated_in_copy(plan, subject, staged);
  if (law && law->empty()) {
    survived.push_back({&subject, std::move(*staged.drawn)});
    return std::nullopt;
  }
  if (law && law_violated_in_copy(plan, subject, as_a_later_one(subject, staged)) != "") return std::nullopt;
  Finding finding{law ? law_named(plan.laws, *law) : &survives, &subject, std::move(*staged.drawn), ""};
  finding.earlier = std::move(staged.earlier);
  finding.needs_cold_start = law.has_value();
  if (law || ends_only_as_the_first(finding, survived)) return finding;
  return std::nullopt;
}

}  // namespace

std::optional<Finding> find_by_cold_start(const Stage& stage, const VerificationPlan& plan,
                                          const FreshProcess* process) {
  if (process == nullptr || process->kind() != Confirmation::executed_again || !may_be_copied())
    return std::nullopt;
  std::vector<EarlierCase> survived;
  const StageTime time(stage, plan);
  for (std::size_t number = 0; number < stage.count && !time.is_over(); ++number) {
    for (std::size_t index = 0; index < plan.subjects.size(); ++index) {
      if (stage.in_turns && index != number % plan.subjects.size()) continue;
      const SubjectUnderTest& subject = plan.subjects[index];
      for (StagedCase& staged : drawn_cases(stage, subject, number)) {
        auto finding = find_in(staged, subject, plan, survived);
        if (!finding) continue;
        finding->found_in = stage.name(number);
        return finding;
      }
    }
  }
  return std::nullopt;
}

std::vector<Finding> find_in_first_copies(const Stage& stage, const VerificationPlan& plan) {
  std::vector<Finding> found;
  const Law* const law = law_named(plan.laws, verdict.id);
  if (law == nullptr || !may_be_copied()) return found;
  for (std::size_t number = 0; number < stage.count; ++number) {
    for (const SubjectUnderTest& subject : plan.subjects) {
      for (StagedCase& staged : drawn_cases(stage, subject, number)) {
        staged.law = law;
        if (law_violated_in_copy(plan, subject, staged) == law->id &&
            !is_violated_without_near_misses(*law, subject, plan))
          found.push_back({law, &subject, std::move(*staged.drawn), stage.name(number)});
      }
    }
  }
  return found;
}

}  // namespace batchproof::properties
