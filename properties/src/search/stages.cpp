#include "stages.hpp"

#include <algorithm>
#include <array>
#include <batchproof/properties/laws.hpp>
#include <stdexcept>
#include <utility>

#include "experiments.hpp"

namespace batchproof::properties {
namespace {

std::string numbered(const char* name, std::size_t number) { return name + std::to_string(number + 1); }

/// The subject that runs a saved batch: the one with its mode, or else the first of its source; null when the
/// batch is of another source.
const SubjectUnderTest* subject_of(const VerificationPlan& plan, std::string_view mode,
                                   fixtures::Source source) {
  const SubjectUnderTest* found = nullptr;
  for (const SubjectUnderTest& subject : plan.subjects) {
    if (subject.source != source) continue;
    if (found == nullptr || subject.mode == mode) found = &subject;
  }
  return found;
}

void refuse_other_source(const VerificationPlan& plan, const SavedCase& saved) {
  if (subject_of(plan, saved.mode, saved.batch_case.source) != nullptr) return;
  throw std::invalid_argument("the saved case " + saved.path + " is of the source " +
                              std::string(fixtures::name(saved.batch_case.source)) +
                              ", which is not verified here; give each verification a folder of its own");
}

/// Throws `std::invalid_argument` for a law that no subject of this kind has, since its case would be
/// skipped.
void refuse_unknown_law(const SavedCase& saved) {
  for (const auto laws : {processor_laws(), handler_laws()}) {
    if (law_named(laws, saved.law) != nullptr) return;
  }
  throw std::invalid_argument("the saved case " + saved.path + " is of the law \"" + saved.law +
                              "\", which this version does not know; rename the law, or delete the case");
}

/// A function may handle the first batch of a process otherwise than all later ones, for instance since it
/// takes a static variable for set. Small batches and a few random ones show that, each in a new process; few
/// where a start takes long.
Stage cold_starts(const VerificationPlan& plan) {
  static constexpr std::size_t small = 8;
  static constexpr std::size_t random = 4;
  Stage stage{.kind = CaseKind::child_process, .in_turns = true, .where = Where::cold_start};
  if (plan.settings.cases == 0) return stage;
  stage.count = small + random;
  stage.budget = std::chrono::seconds(2);
  stage.cases = [](const SubjectUnderTest& subject, std::size_t number) {
    std::vector<StagedCase> cases;
    const Draws& draws = subject.draws;
    if (number >= small) {
      if (draws.batch) cases.push_back({.drawn = draws.batch(number - small)});
    } else if (draws.small && number < draws.small->count()) {
      cases.push_back({.drawn = Case(draws.small->batch(number))});
    }
    return cases;
  };
  stage.name = [](std::size_t number) { return numbered("cold start ", number); };
  return stage;
}

/// Each saved case is judged by the law that it violated. It may end the process now, which no other law
/// could report, so all run in a child process first.
Stage saved_cases(const VerificationPlan& plan, Where where) {
  const bool in_child = where == Where::child;
  Stage stage{.kind = CaseKind::saved, .count = plan.saved_cases.size(), .where = where};
  stage.name = [&plan](std::size_t number) { return "the saved case " + plan.saved_cases[number].path; };
  stage.cases = [&plan, in_child](const SubjectUnderTest& subject, std::size_t number) {
    const SavedCase& saved = plan.saved_cases[number];
    const Law* const law = in_child ? &survives : law_named(plan.laws, saved.law);
    if (law == nullptr || &subject != subject_of(plan, saved.mode, saved.batch_case.source))
      return std::vector<StagedCase>();
    Finding found = finding_of(plan, saved, *law);
    return std::vector<StagedCase>{{std::move(found.shown_by), law, std::move(found.earlier)}};
  };
  return stage;
}

/// All small cases within the budget; in a child process, where each is run once, those that take no time.
Stage small_cases(const VerificationPlan& plan, Where where) {
  constexpr std::size_t few = 1'000;
  const bool in_child = where == Where::child;
  Stage stage{.kind = in_child ? CaseKind::child_process : CaseKind::small, .where = where};
  if (plan.settings.cases == 0 || plan.settings.small_cases_budget.count() == 0) return stage;
  for (const SubjectUnderTest& subject : plan.subjects)
    stage.count = std::max(stage.count, subject.draws.small->count());
  if (in_child) {
    stage.count = std::min(stage.count, few);
  } else {
    stage.budget = plan.settings.small_cases_budget;
  }
  stage.cases = [](const SubjectUnderTest& subject, std::size_t number) {
    std::vector<StagedCase> cases;
    if (number < subject.draws.small->count())
      cases.push_back({.drawn = Case(subject.draws.small->batch(number))});
    return cases;
  };
  stage.name = [](std::size_t number) { return numbered("small case ", number); };
  return stage;
}

/// Runs that are compared with the first one cost as much as all others: when laws need two kinds of them,
/// random cases alternate between the two. Small cases make both. On schedules the first cases compare, so
/// that what a processor keeps of a batch is named as such, and then every fourth.
std::optional<Experiment> comparison_left_out(const VerificationPlan& plan, const SubjectUnderTest& subject,
                                              std::size_t number) {
  constexpr std::size_t first_cases = 64;
  if (subject.schedules > 0)
    return number < first_cases || number % 4 == 0 ? std::nullopt : std::optional(Experiment::again);
  if (!asks_for(plan.laws, subject, Experiment::again) || !asks_for(plan.laws, subject, Experiment::in_part))
    return std::nullopt;
  return number % 2 == 0 ? Experiment::again : Experiment::in_part;
}

// Modes take turns: whether a handler is right, or ends its process, hardly depends on the mode.

/// A number in a child process is for one mode of all.
bool is_in_turn_in_child(const VerificationPlan& plan, const SubjectUnderTest& subject, std::size_t number) {
  return &subject == &plan.subjects[number % plan.subjects.size()];
}

/// Here it is for one mode of each source, which has two numbers in turn, so that it makes both kinds of
/// comparison.
bool is_in_turn(const SubjectUnderTest& subject, std::size_t number) {
  return number / 2 % subject.turns == subject.turn;
}

/// The cases of a random number: a batch and, if they are drawn, a damaged and a foreign event; in a child
/// process also the other inputs that may end it.
std::vector<StagedCase> random_cases_of(const VerificationPlan& plan, const SubjectUnderTest& subject,
                                        std::size_t number, bool in_child) {
  std::vector<StagedCase> cases;
  if (in_child) {
    if (!is_in_turn_in_child(plan, subject, number)) return cases;
    for (const DrawCase* const draw : {&subject.draws.batch, &subject.draws.damaged, &subject.draws.in_child})
      if (*draw) cases.push_back({.drawn = (*draw)(number)});
    return cases;
  }
  if (!is_in_turn(subject, number)) return cases;
  const auto asks_for_batch = [&](const Law& law) {
    return law.experiment != Experiment::damaged && law.experiment != Experiment::in_child &&
           law.applies(subject.source, subject.claims);
  };
  if (std::any_of(plan.laws.begin(), plan.laws.end(), asks_for_batch))
    cases.push_back(
        {.drawn = subject.draws.batch(number), .left_out = comparison_left_out(plan, subject, number)});
  if (!asks_for(plan.laws, subject, Experiment::damaged)) return cases;
  if (subject.draws.damaged) cases.push_back({.drawn = subject.draws.damaged(number)});
  if (!subject.draws.foreign) return cases;
  if (auto event = subject.draws.foreign(number)) cases.push_back({.drawn = std::move(event)});
  return cases;
}

Stage random_cases(const VerificationPlan& plan, Where where) {
  const bool in_child = where == Where::child;
  return {.kind = in_child ? CaseKind::child_process : CaseKind::random,
          .count = static_cast<std::size_t>(plan.settings.cases),
          .cases = [&plan, in_child](
                       const SubjectUnderTest& subject,
                       std::size_t number) { return random_cases_of(plan, subject, number, in_child); },
          .name = [](std::size_t number) { return numbered("random case ", number); },
          .in_turns = in_child,
          .where = where};
}

/// Each near miss comes several times in a hundred cases; beyond, a tenth as many as random ones: they are
/// run again and record by record, so that one costs as much as two others.
Stage near_misses(const VerificationPlan& plan, Where where) {
  const bool in_child = where == Where::child;
  Stage stage{
      .kind = in_child ? CaseKind::child_process : CaseKind::near_miss, .in_turns = in_child, .where = where};
  const bool any = std::any_of(plan.subjects.begin(), plan.subjects.end(),
                               [](const auto& subject) { return subject.draws.near_miss != nullptr; });
  constexpr std::size_t enough = 100;
  const auto wanted = static_cast<std::size_t>(plan.settings.cases);
  if (any) stage.count = std::min(wanted, std::max(enough, (wanted + 9) / 10));
  stage.cases = [&plan, in_child](const SubjectUnderTest& subject, std::size_t number) {
    std::vector<StagedCase> cases;
    const bool in_turn = in_child ? is_in_turn_in_child(plan, subject, number) : is_in_turn(subject, number);
    if (!subject.draws.near_miss || !in_turn) return cases;
    auto left_out = comparison_left_out(plan, subject, number);
    if (left_out == Experiment::again) left_out.reset();
    cases.push_back({.drawn = subject.draws.near_miss(number), .left_out = left_out});
    return cases;
  };
  stage.name = [](std::size_t number) { return numbered("near miss ", number); };
  return stage;
}

/// A handler that remembers its verdicts by one field gives a near miss that of the accepted payload which
/// came first. Here the near miss comes first.
Stage near_misses_first(const VerificationPlan& plan) {
  constexpr std::size_t enough = 16;
  Stage stage = near_misses(plan, Where::first_copy);
  stage.count = std::min(stage.count, enough);
  stage.name = [](std::size_t number) { return numbered("near miss in a new process ", number); };
  return stage;
}

/// The cases of the stage that belong to the shard. They keep the numbers of the whole run, which name and
/// draw them.
Stage part_of(Stage whole, fixtures::Shard shard) {
  if (shard.is_whole()) return whole;
  Stage part = whole;
  part.count = shard.part_of(whole.count);
  part.cases = [cases = std::move(whole.cases), shard](const SubjectUnderTest& subject, std::size_t nth) {
    return cases(subject, shard.number(nth));
  };
  part.name = [name = std::move(whole.name), shard](std::size_t nth) { return name(shard.number(nth)); };
  return part;
}

}  // namespace

Finding finding_of(const VerificationPlan& plan, const SavedCase& saved, const Law& law) {
  Finding finding{&law, subject_of(plan, saved.mode, saved.batch_case.source),
                  Case(saved.batch_case, saved.payload, saved.damaged), ""};
  for (const EarlierBatch& earlier : saved.earlier) {
    if (const auto* const subject = subject_of(plan, earlier.mode, earlier.batch_case.source))
      finding.earlier.push_back({subject, Case(earlier.batch_case, earlier.payload, earlier.damaged)});
  }
  return finding;
}

std::vector<Stage> stages_of(const VerificationPlan& plan) {
  for (const SavedCase& saved : plan.saved_cases) {
    refuse_unknown_law(saved);
    refuse_other_source(plan, saved);
  }
  std::vector<Stage> stages;
  const bool has_copies = plan.processes != Processes::none;
  const bool has_child = has_copies && !plan.is_on_schedules();
  const auto add = [&](Stage stage) { stages.push_back(part_of(std::move(stage), plan.settings.shard)); };
  if (has_child) {
    add(saved_cases(plan, Where::cold_start));  // the only first case of this process may be another one
    add(cold_starts(plan));
  }
  if (has_copies) add(near_misses_first(plan));
  for (const auto make : {saved_cases, small_cases, random_cases, near_misses}) {
    if (has_child) add(make(plan, Where::child));
    add(make(plan, Where::here));
  }
  return stages;
}

}  // namespace batchproof::properties
