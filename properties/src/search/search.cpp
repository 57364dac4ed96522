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

#include "child_process.hpp"
#include "experiments.hpp"
#include "explanation.hpp"
#include "fresh_process.hpp"
#include "last_words.hpp"
#include "progress_notice.hpp"
#include "socket_messages.hpp"
#include "tally.hpp"

namespace batchproof::properties {
namespace {

/// The first law that the case violates. A violation of a law of lower priority counts only if no law that
/// compares runs is violated.
std::optional<Finding> judge(const VerificationPlan& plan, const SubjectUnderTest& subject,
                             const StagedCase& staged, Tally& tally) {
  const std::span<const Law> laws = staged.law == nullptr ? plan.laws : std::span(staged.law, 1);
  std::optional<Finding> finding;
  bool is_new_case = true;
  run_each(staged.earlier);
  judge_case(
      subject, laws, *staged.drawn,
      [&](const Law& law, const Evidence& evidence) {
        if (std::exchange(is_new_case, false)) tally.note_deletions(evidence);
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

/// The id of the law that the case violates in a copy of this process, empty for none; nothing when the copy
/// ended or did not answer in time.
std::optional<std::string> law_violated_in_copy(const VerificationPlan& plan, const SubjectUnderTest& subject,
                                                const StagedCase& staged) {
  const auto ends = connected_sockets();
  if (!ends) return std::nullopt;
  const OwnSocket here((*ends)[0]);
  const OwnSocket there((*ends)[1]);
  const auto end = run_in_child_process(1, [&](std::size_t, const AllowTime& allow) {
    allow(time_limit_of(subject, *staged.drawn) * (1 + static_cast<int>(staged.earlier.size())));
    SubjectUnderTest limited = subject;
    limited.run = [&](const Case& one, Watch watch) {
      allow(time_limit_of(subject, *staged.drawn));
      return subject.run(one, watch);
    };
    Tally not_counted(plan);
    const auto finding = judge(plan, limited, staged, not_counted);
    if (staged.law != nullptr && staged.law->experiment == Experiment::in_child)
      run_once(limited, *staged.drawn);  // after its earlier cases
    send_message(there.get(), finding ? std::string(finding->law->id) : "");
  });
  return end ? std::nullopt : receive_message(here.get(), std::chrono::steady_clock::now());
}

/// The drawn cases, without those for which the generator gave up.
std::vector<StagedCase> drawn_cases(const Stage& stage, const SubjectUnderTest& subject, std::size_t number) {
  std::vector<StagedCase> cases = stage.cases(subject, number);
  std::erase_if(cases, [](const StagedCase& staged) { return !staged.drawn; });
  return cases;
}

/// The progress of a search: a stage, a number in it, a subject, and the index of the case among those of
/// this number.
struct Position {
  std::size_t stage = 0;
  std::size_t number = 0;
  std::size_t subject = 0;
  std::size_t index = 0;
};

/// One search, and its progress.
class Search {
 public:
  Search(std::span<const Stage> stages, const VerificationPlan& plan, FreshProcess* process)
      : stages_(stages), plan_(plan), fresh_(process), tally_(plan), numbers_(stages.size()) {}

  Report::Facts run() {
    for (at_.stage = 0; at_.stage < stages_.size(); ++at_.stage) {
      auto finding = stage().from_cold ? run_from_cold() : stage().in_child ? run_in_child() : run_here();
      if (!finding) continue;
      const std::size_t drawn_size = finding->shown_by.batch.records.size();
      const LawState state =
          explain(*finding, plan_, fresh_, [&](std::size_t most) { return last_cases(most); });
      if (finding->needs_cold_start && state != LawState::violated) {
        if (fresh_->is_silent())
          tally_.note(finding->found_in + " violated the law " + std::string(finding->law->id) +
                      " in a copy of the process; no program that was executed again could confirm it");
        continue;  // otherwise the copy is to blame
      }
      return tally_.facts_with(std::move(*finding), state, drawn_size);
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

  std::optional<Finding> run_here() {
    std::optional<LastWords> last_words;
    if (plan_.processes != Processes::none) last_words.emplace();
    const auto start = counted_time();
    for (at_.number = 0; at_.number < stage().count; ++at_.number) {
      if (stage().budget && counted_time() - start >= *stage().budget) break;
      say_how_far(at_.number);
      tally_.begin_number();
      auto finding = run_number(last_words ? &*last_words : nullptr);
      tally_.end_number(stage().kind);
      ++numbers_[at_.stage];
      if (plan_.progress && stage().kind == CaseKind::random)
        plan_.progress(tally_.results(), static_cast<int>(stage().count));
      if (finding) {
        finding->found_in = stage().name(at_.number);
        return finding;
      }
    }
    return std::nullopt;
  }

  /// Leaves to the later stages what a case also violates, or ends, that is not one of the first. Only a
  /// program that is executed again can confirm a violation: a copy may behave otherwise. A crash is judged
  /// in copies alone.
  std::optional<Finding> run_from_cold() {
    if (fresh_ == nullptr || fresh_->kind() != Confirmation::executed_again || !may_be_copied())
      return std::nullopt;
    std::vector<EarlierCase> survived;
    const auto start = counted_time();
    for (at_.number = 0; at_.number < stage().count; ++at_.number) {
      if (stage().budget && counted_time() - start >= *stage().budget) break;
      for (at_.subject = 0; at_.subject < plan_.subjects.size(); ++at_.subject) {
        if (stage().in_turns && at_.subject != at_.number % plan_.subjects.size()) continue;
        const SubjectUnderTest& subject = plan_.subjects[at_.subject];
        for (StagedCase& staged : drawn_cases(stage(), subject, at_.number)) {
          const auto law = law_violated_in_copy(plan_, subject, staged);
          if (law && law->empty()) survived.push_back({&subject, *staged.drawn});
          if (law &&
              (law->empty() || law_violated_in_copy(plan_, subject, as_a_later_one(subject, staged)) != ""))
            continue;
          Finding finding{law ? law_named(plan_.laws, *law) : &survives, &subject, std::move(*staged.drawn),
                          stage().name(at_.number)};
          finding.earlier = std::move(staged.earlier);
          finding.needs_cold_start = law.has_value();
          if (law || ends_only_as_the_first(finding, survived)) return finding;
        }
      }
    }
    return std::nullopt;
  }

  /// After more cases than those whose number a fault may depend on.
  static StagedCase as_a_later_one(const SubjectUnderTest& subject, StagedCase staged) {
    constexpr std::size_t enough = 8;
    staged.earlier.insert(staged.earlier.end(), enough, {&subject, *staged.drawn});
    return staged;
  }

  /// The case, of which a copy ended, does not end one that has survived others.
  static bool ends_only_as_the_first(Finding& finding, const std::vector<EarlierCase>& survived) {
    Finding later = finding;
    later.earlier = survived;
    return !survived.empty() && !is_violated_by(later, later.shown_by) &&
           is_violated_by(finding, finding.shown_by);
  }

  /// Since some time in the past.
  std::chrono::nanoseconds counted_time() const {
    const std::chrono::nanoseconds now = std::chrono::steady_clock::now().time_since_epoch();
    return plan_.time_not_counted ? now - plan_.time_not_counted() : now;
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
        if (last_words != nullptr) announce(*last_words, subject, *staged.drawn);
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
             fixtures::with_commas(stage().count) + (stage().in_child ? ", in a child process)" : ")");
    });
  }

  /// Announces a case with its time limit. A case takes several runs. A child process has survived the same
  /// case before, so a case that ends this process mostly needs the state of earlier batches.
  void announce(LastWords& last_words, const SubjectUnderTest& subject, const Case& one) const {
    constexpr int most_runs = 8;
    const std::string_view explanation =
        has_no_child_ ? "; no child process could run the case before\n\nevent\n"
                      : ", and no child process ended on this case:\n"
                        "            it may need what earlier batches left behind\n\nevent\n";
    std::string where = stage().name(at_.number);
    if (!subject.mode.empty()) where += ", " + subject.mode;
    last_words.begin(
        [this, &one, explanation, where = std::move(where)](std::string_view how) {
          write_all(STDERR_FILENO,
                    {"\nbatchproof: the law survives is violated\n  found in ", where, "\n\n  violated  it ",
                     how, explanation, one.payload, "\n\nreplay\n", plan_.replay_command, "\n"});
        },
        time_limit_of(subject, one) * most_runs);
  }

  std::optional<Finding> run_in_child() {
    const std::size_t steps = steps_of(stage(), plan_);
    if (steps == 0) return std::nullopt;
    std::optional<ChildEnd> end;
    const Waits waits = [&](std::size_t step) { say_how_far(step / plan_.subjects.size()); };
    if (may_be_copied()) {
      end = run_stage_in_child(stage(), plan_, waits);
    } else {
      const auto answer = fresh_ == nullptr ? std::nullopt : fresh_->run_stage(at_.stage, waits);
      if (!answer) {
        has_no_child_ = true;
        tally_.note_no_child("the program has threads or an open connection, and cannot be executed again");
        return std::nullopt;
      }
      end = *answer;
    }
    const std::size_t runs = end ? end->step + 1 : steps;
    tally_.count_child(stage().kind, stage().in_turns ? (runs - 1) / plan_.subjects.size() + 1 : runs,
                       end ? 0 : stage().count);
    if (!end) return std::nullopt;
    at_.number = end->step / plan_.subjects.size();
    at_.subject = end->step % plan_.subjects.size();
    numbers_[at_.stage] = at_.number + 1;
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

  /// The last cases in the order in which they ran. Stages in a child process have left no state behind.
  std::vector<EarlierCase> last_cases(std::size_t most) const {
    std::vector<EarlierCase> last;
    for (std::size_t index = at_.stage + 1; index-- > 0 && last.size() < most;) {
      const Stage& earlier = stages_[index];
      const bool is_current = index == at_.stage;
      if (!is_current && (earlier.in_child || stage().in_child)) continue;
      for (std::size_t number = numbers_[index]; number-- > 0 && last.size() < most;) {
        const bool is_last = is_current && number == at_.number;
        add_cases_before(earlier, number, is_last, most, last);
      }
    }
    std::reverse(last.begin(), last.end());
    return last;
  }

  void add_cases_before(const Stage& earlier, std::size_t number, bool is_last, std::size_t most,
                        std::vector<EarlierCase>& last) const {
    for (std::size_t subject = is_last ? at_.subject + 1 : plan_.subjects.size(); subject-- > 0;) {
      auto cases = drawn_cases(earlier, plan_.subjects[subject], number);
      if (is_last && subject == at_.subject) cases.resize(std::min(cases.size(), at_.index));
      for (auto staged = cases.rbegin(); staged != cases.rend() && last.size() < most; ++staged)
        last.push_back({&plan_.subjects[subject], std::move(*staged->drawn)});
    }
  }

  std::span<const Stage> stages_;
  const VerificationPlan& plan_;
  FreshProcess* fresh_;
  Tally tally_;
  std::vector<std::size_t> numbers_;  // the numbers that were run, of each stage
  Position at_;
  bool has_no_child_ = false;
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
                        .time_not_counted = settings.time_not_counted};
  if (plan.replay_command.empty())
    plan.replay_command = replay_command(plan.settings.seed, plan.settings.cases, plan.settings.shard);
  return plan;
}

std::size_t steps_of(const Stage& stage, const VerificationPlan& plan) {
  return stage.count * plan.subjects.size();
}

void run_step(const Stage& stage, const VerificationPlan& plan, std::size_t step, const AllowTime& allow) {
  const std::size_t subjects = plan.subjects.size();
  const SubjectUnderTest& subject = plan.subjects[step % subjects];
  for (const StagedCase& staged : drawn_cases(stage, subject, step / subjects)) {
    allow(time_limit_of(subject, *staged.drawn));
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

Report search(std::span<const Stage> stages, const VerificationPlan& plan, FreshProcess* process) {
  return Report(Search(stages, plan, process).run());
}

Report verify(const VerificationPlan& plan) {
  std::optional<FreshProcess> process;
  if (plan.processes != Processes::none) {
    const std::string verification = begin_verification(plan.laws);
    serve_if_asked_for(plan, verification);
    if (is_executed_again()) return nothing_to_judge();
    process.emplace(plan, verification);
  }
  const auto stages = stages_of(plan);
  Report::Facts facts = Search(stages, plan, process ? &*process : nullptr).run();
  if (facts.cases > 0 || facts.small_cases > 0)
    facts.laws.push_back(result_of(canary, state_of_canary(plan), 1));
  return Report(std::move(facts));
}

}  // namespace batchproof::properties
