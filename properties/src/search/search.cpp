// Runs cases through the subjects under test, and judges each by the laws:
//
//     const auto stages = stages_of(plan);
//     Report::Facts facts = Search(stages, plan, &process).run();

#include "search.hpp"

#include <unistd.h>

#include <algorithm>
#include <batchproof/fixtures/wording.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/replay.hpp>
#include <chrono>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "cold_starts.hpp"
#include "earlier_cases.hpp"
#include "experiments.hpp"
#include "explanation.hpp"
#include "fresh_process.hpp"
#include "fresh_service.hpp"
#include "hash_of_draws.hpp"
#include "last_words.hpp"
#include "progress_notice.hpp"
#include "stage_runs.hpp"
#include "tally.hpp"

namespace batchproof::properties {
namespace {

/// One search, and its progress.
class Search {
 public:
  Search(std::span<const Stage> stages, const VerificationPlan& plan, FreshProcess* process)
      : stages_(stages), plan_(plan), fresh_(process), tally_(plan) {
    at_.numbers_run.resize(stages.size());
  }

  Report::Facts run() {
    for (at_.stage = 0; at_.stage < stages_.size(); ++at_.stage) {
      auto finding = run_stage();
      if (!finding) continue;
      const std::size_t drawn_size = finding->shown_by.batch.records.size();
      const LawState state = explain(*finding, plan_, fresh_, [&](std::size_t most) {
        return last_cases_before(at_, stages_, plan_, most);
      });
      if (finding->needs_cold_start && state != LawState::violated) {
        note_unless_refuted(*finding);
        continue;
      }
      return tally_.facts_with(std::move(*finding), state, drawn_size);
    }
    for (Finding& finding : first_findings_) {
      const std::size_t drawn_size = finding.shown_by.batch.records.size();
      if (explain(finding, plan_, fresh_) != LawState::violated) {
        note_unless_refuted(finding);
        continue;
      }
      Report::Facts facts = tally_.facts_with(std::move(finding), LawState::violated, drawn_size);
      facts.counterexample.observation.note =
          "a near miss came first; .near_misses = false leaves such cases out";
      return facts;
    }
    return tally_.facts_without_finding();
  }

  /// True when a case of a stage in this process violates a law.
  bool finds_a_violation() {
    for (at_.stage = 0; at_.stage < stages_.size(); ++at_.stage) {
      if (run_here()) return true;
    }
    return false;
  }

 private:
  const Stage& stage() const { return stages_[at_.stage]; }

  /// To be called for a finding of a copy that no fresh process confirmed. If that answered, the copy is to
  /// blame.
  void note_unless_refuted(const Finding& finding) {
    if (!fresh_->is_silent()) return;
    tally_.note(finding.found_in + " violated the law " + std::string(finding.law->id) +
                " in a copy of the process; no program that was executed again could confirm it");
  }

  std::optional<Finding> run_stage() {
    switch (stage().where) {
      case Where::child:
        return run_in_child();
      case Where::cold_start:
        return find_by_cold_start(stage(), plan_, fresh_);
      case Where::first_copy:
        first_findings_ = find_in_first_copies(stage(), plan_);
        return std::nullopt;
      case Where::here:
        break;
    }
    return run_here();
  }

  std::optional<Finding> run_here() {
    std::optional<LastWords> last_words;
    if (plan_.processes != Processes::none && !plan_.is_on_schedules()) last_words.emplace();
    const StageTime time(stage(), plan_);
    for (at_.number = 0; at_.number < stage().count && !time.is_over(); ++at_.number) {
      say_how_far(at_.number);
      tally_.begin_number();
      auto finding = run_number(last_words ? &*last_words : nullptr);
      tally_.end_number(stage().kind);
      ++at_.numbers_run[at_.stage];
      if (plan_.progress && stage().kind == CaseKind::random)
        plan_.progress(tally_.results(), static_cast<int>(stage().count));
      if (finding) {
        finding->found_in = stage().name(at_.number);
        return finding;
      }
    }
    return std::nullopt;
  }

  std::optional<Finding> run_number(LastWords* last_words) {
    for (at_.subject = 0; at_.subject < plan_.subjects.size(); ++at_.subject) {
      const SubjectUnderTest& subject = plan_.subjects[at_.subject];
      at_.index = 0;
      for (StagedCase& staged : stage().cases(subject, at_.number)) {
        if (!staged.drawn) {
          tally_.note_that_the_generator_gave_up();
          continue;
        }
        tally_.count(stage().kind, staged);
        if (staged.law != nullptr && staged.law->experiment == Experiment::in_child)
          tally_.note_survival(*staged.law);
        if (subject.learn) subject.learn(staged.drawn->batch);
        if (last_words != nullptr) announce(*last_words, subject, staged);
        auto finding = judge(plan_, subject, staged, tally_);
        if (last_words != nullptr) last_words->end();
        if (finding) return finding;
        ++at_.index;
      }
    }
    return std::nullopt;
  }

  /// In a test, which shows nothing else meanwhile. The numbers are those of the shard.
  void say_how_far(std::size_t number) {
    if (!is_in_test_) return;
    progress_notice_.at([&] {
      return stage().name(number) + " (" + fixtures::with_commas(number + 1) + " of " +
             fixtures::with_commas(stage().count) +
             (stage().where == Where::child ? ", in a child process)" : ")");
    });
  }

  /// Announces a case with its time limit. A case takes several runs.
  void announce(LastWords& last_words, const SubjectUnderTest& subject, const StagedCase& staged) const {
    constexpr int most_further_runs = 7;
    const Case& one = *staged.drawn;
    const std::string_view explanation =
        at_.number < survived_ ? ", and no child process ended on this case:\n"
                                 "            it may need what earlier batches left behind\n\nevent\n"
                               : "; no child process ran the case before\n\nevent\n";
    std::string where = stage().name(at_.number);
    if (!subject.mode.empty()) where += ", " + subject.mode;
    last_words.begin(
        [this, &one, explanation, where = std::move(where)](std::string_view how) {
          write_all(STDERR_FILENO,
                    {"\nbatchproof: the law survives is violated\n  found in ", where, "\n\n  violated  it ",
                     how, explanation, one.payload, "\n\nreplay\n", plan_.replay_command, "\n"});
        },
        time_limit_of(subject, staged) + time_limit_of(subject, one) * most_further_runs);
  }

  std::optional<Finding> run_in_child() {
    survived_ = 0;
    const std::size_t steps = steps_of(stage(), plan_);
    if (steps == 0) return std::nullopt;
    std::optional<ChildEnd> end;
    const Waits waits = [&](std::size_t step) { say_how_far(step / plan_.subjects.size()); };
    if (may_be_copied()) {
      end = run_stage_in_child(stage(), plan_, waits);
    } else {
      const auto answer = fresh_ == nullptr ? std::nullopt : fresh_->run_stage(at_.stage, waits);
      if (!answer) {
        tally_.note_no_child("the program has threads or an open connection, and cannot be executed again");
        return std::nullopt;
      }
      end = *answer;
    }
    const std::size_t runs = end ? end->step + 1 : steps;
    tally_.count_child(stage().kind, stage().in_turns ? (runs - 1) / plan_.subjects.size() + 1 : runs,
                       end ? 0 : stage().count);
    if (!end) {
      survived_ = stage().count;
      return std::nullopt;
    }
    at_.number = end->step / plan_.subjects.size();
    at_.subject = end->step % plan_.subjects.size();
    at_.numbers_run[at_.stage] = at_.number + 1;
    const SubjectUnderTest& subject = plan_.subjects[at_.subject];
    auto cases = drawn_cases(stage(), subject, at_.number);
    if (end->parts == 0 || end->parts > cases.size())
      throw std::runtime_error("a child process ended while it drew a case: " + end->how);
    at_.index = end->parts - 1;
    StagedCase& staged = cases[at_.index];
    Finding finding{&survives, &subject, std::move(*staged.drawn), stage().name(at_.number)};
    finding.earlier = std::move(staged.earlier);
    finding.run.payload = finding.shown_by.payload;
    finding.run.process_end = end->how;
    finding.violations = survives.violations(finding.evidence());
    return finding;
  }

  std::span<const Stage> stages_;
  const VerificationPlan& plan_;
  FreshProcess* fresh_;
  Tally tally_;
  std::vector<Finding> first_findings_;
  Position at_;
  std::size_t survived_ = 0;  // the cases of this kind that a child process ran, by their numbers
  bool is_in_test_ = !running_test().empty();
  ProgressNotice progress_notice_{std::cerr};
};

/// Judges one random case of the first subject by a law that every case violates.
LawState state_of_canary(const VerificationPlan& plan) {
  VerificationPlan doomed{.laws = {&canary, 1}, .subjects = {plan.subjects.front()}};
  doomed.simplify = plan.simplify;
  doomed.settings.cases = 1;
  const auto stages = stages_of(doomed);
  if (plan.time_not_counted) {  // shrinking the case would make a function wait for its time limit again
    return Search(stages, doomed, nullptr).finds_a_violation() ? LawState::held : LawState::violated;
  }
  const Report report = search(stages, doomed);
  return !report.passed() && report.broken_law() == canary.id ? LawState::held : LawState::violated;
}

/// The report of a program that was executed again for another verification: nothing is judged, and the test
/// continues.
Report nothing_to_judge() {
  Report::Facts facts;
  facts.laws.push_back({"none", LawState::held, 0});
  return Report(std::move(facts));
}

}  // namespace

VerificationPlan plan_without_subjects(std::span<const Law> laws, const VerifySettings& settings) {
  VerificationPlan plan{.laws = laws,
                        .settings = resolve_settings(settings.cases, settings.seed,
                                                     settings.small_cases_budget, settings.shard),
                        .saved_cases = load_regressions(settings.regressions),
                        .regressions = settings.regressions,
                        .progress = settings.progress,
                        .replay_command = settings.replay_command,
                        .hostile = settings.hostile.value_or(false),
                        .processes = settings.processes,
                        .time_limit = resolve_time_limit(settings.time_limit),
                        .time_not_counted = settings.time_not_counted,
                        .largest_batch = settings.largest_batch,
                        .same_in_shards = settings.same_in_shards};
  if (plan.replay_command.empty())
    plan.replay_command = replay_command(plan.settings.seed, plan.settings.cases, plan.settings.shard);
  return plan;
}

Report search(std::span<const Stage> stages, const VerificationPlan& plan, FreshProcess* process) {
  return Report(Search(stages, plan, process).run());
}

Report verify(const VerificationPlan& plan) {
  std::string verification;
  if (plan.processes != Processes::none) {
    verification = begin_verification(plan.laws);
    serve_if_asked_for(plan, verification);
    if (is_executed_again()) return nothing_to_judge();
  }
  const auto stages = stages_of(plan);
  std::optional<FreshProcess> process;
  if (plan.processes != Processes::none) process.emplace(plan, verification);
  Report::Facts facts = Search(stages, plan, process ? &*process : nullptr).run();
  if (facts.cases > 0 || facts.small_cases > 0)
    facts.laws.push_back(result_of(canary, plan.subjects.front().source, state_of_canary(plan), 1));
  if (!plan.settings.shard.is_whole()) facts.draws = hash_of_draws(plan);
  return Report(std::move(facts));
}

}  // namespace batchproof::properties
