#include "explanation.hpp"

#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "child_process.hpp"
#include "experiments.hpp"
#include "shrink_steps.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using std::chrono::steady_clock;

constexpr auto most_time = std::chrono::seconds(20);
constexpr std::size_t most_earlier_cases = 2048;

/// Judges the case of a finding by its law, after its earlier cases, where no other case has run. Returns
/// nothing when no answer comes.
using AskWhereNothingRan = std::function<std::optional<FreshAnswer>(const Finding& finding)>;

/// Asks until the time for that is over. It begins with the first answer: a test may take long to reach the
/// verification.
class FreshJudge {
 public:
  explicit FreshJudge(AskWhereNothingRan ask, std::chrono::seconds time = most_time)
      : ask_(std::move(ask)), time_(time) {}

  /// True when the law is violated there too; that run then replaces the finding's.
  bool violates(Finding& finding) {
    if (is_out_of_time()) return false;
    const bool is_violated = violates_there(finding);
    if (!deadline_) deadline_ = steady_clock::now() + time_;
    return is_violated;
  }

  /// On the schedule of the finding's case: others would be more runs, each of which may leave a state.
  bool violates(Finding& finding, Case one) {
    one.schedule = finding.shown_by.schedule;
    return replaces(finding.shown_by, std::move(one), [&] { return violates(finding); });
  }

  /// True when it is violated three more times, whatever time that takes. A subject that fails by chance is
  /// hardly seen to do so.
  bool violates_every_time(Finding& finding) {
    for (int time = 0; time < 3; ++time)
      if (!violates_there(finding)) return false;
    return true;
  }

  bool is_reachable() const noexcept { return is_reachable_; }
  bool is_out_of_time() const { return deadline_ && steady_clock::now() > *deadline_; }

 private:
  bool violates_there(Finding& finding) {
    // A child process of a process that has run no case is just as fresh.
    if (finding.law->experiment == Experiment::in_child && may_be_copied())
      return is_violated_by(finding, Case(finding.shown_by));
    auto answer = ask_(finding);
    is_reachable_ &= answer.has_value();
    if (!answer || answer->violations.empty()) return false;
    finding.run = std::move(answer->run);
    finding.violations = std::move(answer->violations);
    if (finding.run.timeline) keep_schedule(finding);
    return true;
  }

  AskWhereNothingRan ask_;
  std::chrono::seconds time_;
  std::optional<steady_clock::time_point> deadline_{};
  bool is_reachable_ = true;
};

bool judges_one_run(const Law& law, const SubjectUnderTest& subject) {
  return law.experiment == Experiment::one_run && law.applies(subject.source, subject.claims);
}

/// After some cases a subject may fail, or pass, for good. Then all its runs are alike, and the case violates
/// a law of one run in place of one that compares them.
bool violates_some_law(Finding& finding, const VerificationPlan& plan, FreshJudge& judge) {
  if (judge.violates(finding)) return true;
  const Experiment found_by = finding.law->experiment;
  if (found_by != Experiment::again && found_by != Experiment::in_part) return false;
  Finding other = finding;
  for (const Law& law : plan.laws) {
    if (law.id == finding.law->id || !judges_one_run(law, *finding.subject)) continue;
    other.law = &law;
    if (!judge.violates(other)) continue;
    finding = std::move(other);
    return true;
  }
  return false;
}

/// The finding with the batch that one of its further runs had, which left a record out.
Finding without_the_record_left_out(const Finding& finding, const Observation& further_run) {
  Finding part = finding;
  part.shown_by = Case(without_record(finding.shown_by.batch, *further_run.left_out));
  return part;
}

/// A law that gives way to those that compare runs may have been violated where no run was compared. Then the
/// law that gives the cause takes its place.
void name_the_cause(Finding& finding, const VerificationPlan& plan) {
  if (!finding.law->lower_priority_than_comparisons) return;
  for (const Law& law : plan.laws) {
    if (law.experiment != Experiment::again && law.experiment != Experiment::in_part) continue;
    if (!law.applies(finding.subject->source, finding.subject->claims)) continue;
    Finding other = finding;
    other.law = &law;
    if (!is_violated_by(other, Case(finding.shown_by)) || !is_violated_every_time(other)) continue;
    finding = std::move(other);
    return;
  }
}

/// What a law that compares a batch with a part of it finds may be what the part violates by itself, as where
/// the tenth record of a batch is lost: that is the plainer finding. Not `verdict`: of a handler that needs
/// the record before, both batches together say more.
std::optional<Finding> part_alone(const Finding& finding, const VerificationPlan& plan) {
  for (const Observation& further_run : finding.run.further_runs) {
    if (!further_run.left_out) continue;
    Finding part = without_the_record_left_out(finding, further_run);
    const Evidence as_found(part.shown_by.batch, part.subject->claims, further_run);
    for (const Law& law : plan.laws) {
      if (!judges_one_run(law, *part.subject) || law.id == verdict.id) continue;
      if (violations_of(law, as_found).empty()) continue;
      part.law = &law;
      if (is_violated_by(part, part.shown_by)) return part;
    }
  }
  return std::nullopt;
}

/// What a law that compares a batch with a part of it finds may be the part's own violation, which the batch
/// before it has brought about: then the part violates a law of one run behind the batch, and not without it.
std::optional<Finding> part_behind_the_batch(const Finding& finding, const VerificationPlan& plan,
                                             FreshJudge& judge) {
  for (const Observation& further_run : finding.run.further_runs) {
    if (!further_run.left_out) continue;
    Finding part = without_the_record_left_out(finding, further_run);
    for (const Law& law : plan.laws) {
      if (!judges_one_run(law, *part.subject)) continue;
      part.law = &law;
      part.earlier = finding.earlier;
      part.earlier.push_back({finding.subject, finding.shown_by});
      if (!judge.violates(part)) continue;
      Finding alone = part;
      alone.earlier = finding.earlier;
      if (judge.violates(alone) || judge.is_out_of_time()) return std::nullopt;
      return part;
    }
  }
  return std::nullopt;
}

using Earlier = std::vector<EarlierCase>;

/// True when it is enough to run the last `from` of all cases before, or twice as many, ... up to `most`.
bool is_after_the_last(Finding& finding, FreshJudge& judge, const Earlier& all, std::size_t from,
                       std::size_t most) {
  for (std::size_t count = from; count <= most && count / 2 < all.size(); count *= 2) {
    const auto left_out = static_cast<std::ptrdiff_t>(all.size() - std::min(count, all.size()));
    finding.earlier.assign(all.begin() + left_out, all.end());
    if (judge.violates(finding)) return true;
  }
  return false;
}

/// Finds earlier cases that the violation needs.
bool find_earlier_cases(Finding& finding, const VerificationPlan& plan, FreshJudge& judge,
                        const LastCases& last_cases, std::size_t most) {
  constexpr std::size_t few = 64;
  const Earlier all = last_cases(most);
  if (is_after_the_last(finding, judge, all, 1, few)) return true;
  // A subject that fails at each tenth call needs just so many.
  finding.earlier.clear();
  while (finding.earlier.size() < few) {
    finding.earlier.push_back({finding.subject, finding.shown_by});
    if (judge.violates(finding)) return true;
  }
  if (is_after_the_last(finding, judge, all, 2 * few, most)) return true;
  // Some cases took more than one run here: a subject that counts its calls needs as many there.
  constexpr std::size_t runs = 4;
  finding.earlier.clear();
  for (const EarlierCase& earlier : all) finding.earlier.insert(finding.earlier.end(), runs, earlier);
  if (!violates_some_law(finding, plan, judge)) return false;
  Finding fewer = finding;
  if (is_after_the_last(fewer, judge, all, 1, most)) finding = std::move(fewer);
  return true;
}

/// Leaves out earlier cases.
void shorten(Finding& finding, FreshJudge& judge) {
  finding.earlier = leave_out_chunks<Earlier>(finding.earlier, [&](const Earlier& fewer) {
    finding.earlier = fewer;
    return judge.violates(finding);
  });
}

/// Leaves out records, first of the last case and then of the earlier ones.
void shrink_batches(Finding& finding, Simplify simplify, FreshJudge& judge) {
  if (!finding.shown_by.is_damaged) {
    const auto violates = [&](const BatchCase& smaller) { return judge.violates(finding, Case(smaller)); };
    shrink_batch(finding, finding.shown_by.batch, violates, simplify);
  }
  for (std::size_t index = 0; index < finding.earlier.size(); ++index) {
    if (finding.earlier[index].shown.is_damaged) continue;
    const BatchCase batch = finding.earlier[index].shown.batch;
    shrink(
        batch,
        [&](const BatchCase& smaller) {
          Case one(smaller);
          one.schedule = finding.earlier[index].shown.schedule;
          return replaces(finding.earlier[index].shown, std::move(one),
                          [&] { return judge.violates(finding); });
        },
        Simplify::records_only);
  }
}

/// Asks a subject with a process of its own, whose next batch gets a new one.
FreshAnswer ask_anew(Finding finding) {
  finding.subject->begin_anew();
  if (!is_violated_once(finding, Case(finding.shown_by))) return {};
  return {std::move(finding.run), std::move(finding.violations)};
}

/// Shows the earlier cases that a finding of such a subject needs. False where they are not found, and the
/// finding is as it was. `drawn` is the finding before it was shrunk.
bool show_earlier_cases(Finding& finding, const Finding& drawn, const VerificationPlan& plan,
                        const LastCases& last_cases) {
  constexpr std::size_t most = 256;  // an invocation takes longer than a call
  FreshJudge judge(ask_anew, std::chrono::seconds(10));
  Finding found = drawn;
  if (judge.violates(found) || !find_earlier_cases(found, plan, judge, last_cases, most)) return false;
  shorten(found, judge);
  shrink_batches(found, plan.simplify, judge);
  if (!judge.violates_every_time(found)) return false;
  finding = std::move(found);
  return true;
}

}  // namespace

LawState explain(Finding& finding, const VerificationPlan& plan, FreshProcess* process,
                 const LastCases& last_cases) {
  const Finding drawn = finding;
  const bool is_seen_here =
      !finding.needs_cold_start && (finding.law->experiment != Experiment::in_child || may_be_copied());
  if (is_seen_here && finding.law->experiment == Experiment::in_part) {
    auto part = part_alone(finding, plan);
    if (part && explain(*part, plan, process, {}) == LawState::violated) {  // without earlier cases
      finding = *std::move(part);
      return LawState::violated;
    }
  }
  if (is_seen_here) {
    shrink(finding, plan.simplify);
    name_the_cause(finding, plan);
  }
  const auto judged_here = [&] {
    return is_violated_every_time(finding) ? LawState::violated : LawState::flaky;
  };
  if (process == nullptr) {
    const LawState state = judged_here();
    if (state == LawState::violated && finding.subject->begin_anew && finding.law->id == fresh.id &&
        last_cases)
      show_earlier_cases(finding, drawn, plan, last_cases);
    return state;
  }
  FreshJudge judge([&](const Finding& asked) { return process->judge(asked); });
  const auto shrink_with_earlier_cases = [&](Finding found) {
    shrink_batches(found, plan.simplify, judge);
    if (!judge.violates_every_time(found)) return LawState::flaky;
    found.confirmation = process->kind();
    finding = std::move(found);
    return LawState::violated;
  };
  Finding confirmed = finding;
  if (judge.violates(confirmed)) {
    finding.confirmation = process->kind();
    // Of a cold start there is no run yet; nor of a case that ends a program which no copy stands for.
    if (finding.law->experiment == Experiment::in_child || finding.needs_cold_start) {
      finding.run = confirmed.run;
      finding.violations = confirmed.violations;
    }
    const int times = finding.needs_cold_start ? 3 : 1;  // the same by chance would be told as a cold start
    for (int time = 0; time < times; ++time)
      if (!judge.violates(confirmed)) return LawState::flaky;
    if (confirmed.law->experiment == Experiment::in_part && !finding.needs_cold_start) {
      const auto part = part_behind_the_batch(confirmed, plan, judge);
      if (part && shrink_with_earlier_cases(*part) == LawState::violated) return LawState::violated;
    }
    // In this process, state of earlier cases may have kept the case from shrinking.
    constexpr std::size_t small = 3;
    const bool is_as_drawn = finding.shown_by.payload == drawn.shown_by.payload;
    if (is_as_drawn || finding.shown_by.batch.records.size() > small) {
      shrink_batches(finding, plan.simplify, judge);
      if (is_seen_here) is_violated_by(finding, finding.shown_by);  // again here, to observe all runs
    }
    if (finding.needs_cold_start) {
      Finding second = finding;
      second.earlier.push_back({finding.subject, finding.shown_by});
      finding.needs_cold_start = !judge.violates(second);
    }
    return LawState::violated;
  }
  if (finding.needs_cold_start) return LawState::flaky;
  if (!judge.is_reachable()) return judged_here();
  Finding found = drawn;
  if (!judge.violates(found)) {
    if (!last_cases || !find_earlier_cases(found, plan, judge, last_cases, most_earlier_cases))
      return LawState::flaky;
    if (!judge.violates_every_time(found)) return LawState::flaky;
    shorten(found, judge);
  }
  return shrink_with_earlier_cases(std::move(found));
}

}  // namespace batchproof::properties
