#include "judge.hpp"

#include <algorithm>
#include <array>
#include <batchproof/properties/laws.hpp>
#include <optional>
#include <stdexcept>
#include <utility>

#include "breach.hpp"
#include "child_process.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

/// What a batch as AWS sends it is judged on.
constexpr std::array batch_inputs{LawInput::batch, LawInput::batch_again, LawInput::batch_in_part};
constexpr std::array inputs_of_a_batch{LawInput::batch, LawInput::batch_again, LawInput::batch_in_part,
                                       LawInput::batch_before_deadline};

LawResult row_of(const Law& law, LawState state, int cases = 0) {
  return {std::string(law.id), state, cases, std::string(law.sentence), std::string(law.aws_page)};
}

class Run {
 public:
  explicit Run(const Trial& trial) : trial_(trial) {
    for (const Law& law : trial.laws) {
      const bool applies = std::any_of(trial.arrangements.begin(), trial.arrangements.end(),
                                       [&](const Arrangement& a) { return law.applies(a.source, a.claims); });
      applies_.push_back(applies);
      facts_.laws.push_back(row_of(law, applies ? LawState::no_cases : LawState::not_applicable));
    }
    seen_.resize(trial.laws.size());
    for (const std::string_view id : trial.not_applicable) {
      facts_.laws.push_back({std::string(id), LawState::not_applicable, 0});
    }
    facts_.seed = trial.seed;
    facts_.cases_wanted = trial.cases;
    facts_.replay_command = trial.replay_command;
  }

  Report::Facts facts() {
    auto breach = judge_saved_cases_in_a_process();
    if (!breach) breach = judge_saved_cases();
    if (!breach) breach = judge_processes();
    if (!breach) breach = judge_small_cases();
    if (!breach) breach = judge_random_cases();
    note_states();
    if (breach) {
      note_skipped_laws();
      note_breach(std::move(*breach));
    }
    return std::move(facts_);
  }

 private:
  // What once broke one law may now end the process, which no other law would survive to tell.

  std::optional<Breach> judge_saved_cases_in_a_process() const {
    const auto law = std::find_if(trial_.laws.begin(), trial_.laws.end(), [](const Law& candidate) {
      return candidate.input == LawInput::process_of_its_own;
    });
    if (law == trial_.laws.end() || trial_.saved_cases.empty()) return std::nullopt;
    const auto end = run_in_child_process(trial_.saved_cases.size(), [&](std::size_t number) {
      const SavedCase& saved = trial_.saved_cases[number];
      observe_anew(arrangement_of(saved), saved.batch_case, saved.payload);
    });
    if (!end) return std::nullopt;
    Breach breach = breach_on(*law, trial_.saved_cases[end->step]);
    note_end(breach, *end);
    return breach;
  }

  // Saved cases are judged by the law that they broke.

  std::optional<Breach> judge_saved_cases() {
    for (const SavedCase& saved : trial_.saved_cases) {
      const auto law = std::find_if(trial_.laws.begin(), trial_.laws.end(),
                                    [&](const Law& candidate) { return candidate.id == saved.law; });
      if (law == trial_.laws.end()) continue;
      Breach breach = breach_on(*law, saved);
      ++facts_.saved_cases;
      if (saved.damaged) {
        facts_.distribution.count(CaseKind::saved, 1);
      } else {
        facts_.distribution.count(CaseKind::saved, saved.batch_case);
      }
      ++facts_.laws[static_cast<std::size_t>(law - trial_.laws.begin())].cases;
      if (breaks_on(breach, saved.batch_case, saved.payload)) return breach;
    }
    return std::nullopt;
  }

  const Arrangement& arrangement_of(const SavedCase& saved) const {
    const Arrangement* found = nullptr;
    for (const Arrangement& arrangement : trial_.arrangements) {
      if (arrangement.source != saved.batch_case.source) continue;
      if (found == nullptr || arrangement.name == saved.mode) found = &arrangement;
    }
    if (found == nullptr) {
      throw std::invalid_argument("the saved case " + saved.path + " is of the source " +
                                  std::string(fixtures::name(saved.batch_case.source)) +
                                  ", which is not verified here; give each verification a folder of its own");
    }
    return *found;
  }

  // Processes of their own come before anything that might end this one.

  std::optional<Breach> judge_processes() {
    for (std::size_t index = 0; index < trial_.laws.size(); ++index) {
      const Law& law = trial_.laws[index];
      if (law.input != LawInput::process_of_its_own || trial_.cases == 0) continue;
      for (const Arrangement& arrangement : trial_.arrangements) {
        if (auto breach = judge_process(law, arrangement)) return breach;
      }
      seen_[index] = true;
      facts_.laws[index].cases += trial_.cases;
    }
    return std::nullopt;
  }

  std::optional<Breach> judge_process(const Law& law, const Arrangement& arrangement) {
    const auto draw = [&](std::size_t number) { return arrangement.draw_hostile(static_cast<int>(number)); };
    const auto end = run_in_child_process(static_cast<std::size_t>(trial_.cases), [&](std::size_t number) {
      if (const auto drawn = draw(number)) observe_anew(arrangement, drawn->batch_case, drawn->payload);
    });
    facts_.distribution.count(CaseKind::child_process,
                              end ? end->step + 1 : static_cast<std::size_t>(trial_.cases));
    if (!end) return std::nullopt;
    const auto drawn = draw(end->step);
    if (!drawn) throw std::runtime_error("a child process ended while it drew a case: " + end->how);
    Breach breach = breach_on(law, arrangement, drawn->batch_case, drawn->payload);
    breach.is_damaged = drawn->payload != drawn->batch_case.payload();
    breach.found_in = "random case " + std::to_string(end->step + 1);
    note_end(breach, *end);
    return breach;
  }

  static void note_end(Breach& breach, const ChildEnd& end) {
    breach.observation.process_end = end.how;
    breach.violations =
        breach.law->violations(breach.batch_case, breach.arrangement->claims, breach.observation);
  }

  std::optional<Breach> judge_small_cases() {
    if (trial_.cases == 0 || trial_.small_cases_budget.count() == 0) return std::nullopt;
    const auto deadline = std::chrono::steady_clock::now() + trial_.small_cases_budget;
    for (const Arrangement& arrangement : trial_.arrangements) {
      facts_.small_cases_in_all = std::max(facts_.small_cases_in_all, arrangement.small_cases->count());
    }
    for (std::size_t number = 0; number < facts_.small_cases_in_all; ++number) {
      if (std::chrono::steady_clock::now() >= deadline) break;
      begin_case();
      std::optional<Breach> breach;
      for (const Arrangement& arrangement : trial_.arrangements) {
        if (breach || number >= arrangement.small_cases->count()) continue;
        breach = judge_batch(arrangement, CaseKind::small, arrangement.small_cases->batch(number));
      }
      end_case();
      ++facts_.small_cases;
      if (breach) {
        breach->found_in = "small case " + std::to_string(number + 1);
        return breach;
      }
    }
    return std::nullopt;
  }

  std::optional<Breach> judge_random_cases() {
    for (int number = 0; number < trial_.cases; ++number) {
      begin_case();
      auto breach = judge_random_case(number);
      facts_.cases += end_case() ? 1 : 0;
      if (trial_.progress) {
        note_states();
        trial_.progress(facts_.laws, trial_.cases);
      }
      if (breach) {
        breach->found_in = "random case " + std::to_string(number + 1);
        return breach;
      }
    }
    return std::nullopt;
  }

  std::optional<Breach> judge_random_case(int number) {
    for (const Arrangement& arrangement : trial_.arrangements) {
      const bool wants_batch = std::any_of(inputs_of_a_batch.begin(), inputs_of_a_batch.end(),
                                           [&](LawInput input) { return wants(arrangement, input); });
      if (wants_batch) {
        const auto batch = arrangement.draw_batch(number);
        gave_up_ |= !batch;
        if (batch) {
          if (auto breach = judge_batch(arrangement, CaseKind::random, *batch)) return breach;
        }
      }
      if (wants(arrangement, LawInput::damaged_payload)) {
        const auto damaged = arrangement.draw_damaged(number);
        gave_up_ |= !damaged;
        if (damaged) {
          facts_.distribution.count(CaseKind::damaged, 1);
          auto breach =
              judge_input(arrangement, LawInput::damaged_payload, damaged->batch_case, damaged->payload,
                          observe_anew(arrangement, damaged->batch_case, damaged->payload));
          if (breach) return breach;
        }
      }
    }
    return std::nullopt;
  }

  std::optional<Breach> judge_batch(const Arrangement& arrangement, CaseKind kind, const BatchCase& batch) {
    facts_.distribution.count(kind, batch);
    const std::string payload = batch.payload();
    Observation observation = observe_anew(arrangement, batch, payload);
    std::optional<Breach> yielding;
    for (const LawInput input : batch_inputs) {
      if (!wants(arrangement, input)) continue;
      observation.further_runs = further_runs(arrangement, input, batch, payload);
      auto breach = judge_input(arrangement, input, batch, payload, observation);
      if (breach && !(input == LawInput::batch && breach->law->lower_priority_than_comparisons))
        return breach;
      if (breach) yielding = std::move(breach);
    }
    if (yielding || !wants(arrangement, LawInput::batch_before_deadline)) return yielding;
    return judge_input(arrangement, LawInput::batch_before_deadline, batch, payload,
                       observe_for(arrangement, LawInput::batch_before_deadline, batch, payload));
  }

  std::optional<Breach> judge_input(const Arrangement& arrangement, LawInput input, const BatchCase& batch,
                                    const std::string& payload, const Observation& observation) {
    for (std::size_t index = 0; index < trial_.laws.size(); ++index) {
      const Law& law = trial_.laws[index];
      if (law.input != input || !law.applies(arrangement.source, arrangement.claims)) continue;
      seen_[index] = true;
      if (!law.judges(batch, observation)) continue;
      judged_[index] = true;
      auto violations = law.violations(batch, arrangement.claims, observation);
      if (violations.empty()) continue;
      Breach breach = breach_on(law, arrangement, batch, payload);
      breach.is_damaged = input == LawInput::damaged_payload;
      breach.observation = observation;
      breach.violations = std::move(violations);
      return breach;
    }
    return std::nullopt;
  }

  static Breach breach_on(const Law& law, const Arrangement& arrangement, const BatchCase& batch,
                          const std::string& payload) {
    return {&law, &arrangement, batch, payload, false, {}, {}, {}};
  }

  Breach breach_on(const Law& law, const SavedCase& saved) const {
    Breach breach = breach_on(law, arrangement_of(saved), saved.batch_case, saved.payload);
    breach.is_damaged = saved.damaged;
    breach.found_in = "the saved case " + saved.path;
    return breach;
  }

  bool wants(const Arrangement& arrangement, LawInput input) const {
    return std::any_of(trial_.laws.begin(), trial_.laws.end(), [&](const Law& law) {
      return law.input == input && law.applies(arrangement.source, arrangement.claims);
    });
  }

  void begin_case() { judged_.assign(trial_.laws.size(), false); }

  /// True when any law was judged on it.
  bool end_case() {
    for (std::size_t law = 0; law < judged_.size(); ++law) facts_.laws[law].cases += judged_[law] ? 1 : 0;
    return std::find(judged_.begin(), judged_.end(), true) != judged_.end();
  }

  void note_states() {
    for (std::size_t law = 0; law < trial_.laws.size(); ++law) facts_.laws[law].state = state_of(law);
  }

  /// A law that none of the observations let be judged was not applicable after all.
  LawState state_of(std::size_t law) const {
    if (!applies_[law]) return LawState::not_applicable;
    if (gave_up_) return LawState::gave_up;
    if (facts_.laws[law].cases > 0) return LawState::held;
    return seen_[law] ? LawState::not_applicable : LawState::no_cases;
  }

  /// Those that the run did not come to, since it stops at the first breach.
  void note_skipped_laws() {
    for (LawResult& law : facts_.laws) {
      if (law.state == LawState::no_cases) law.state = LawState::skipped;
    }
  }

  void note_breach(Breach breach) {
    const std::size_t drawn_size = breach.batch_case.records.size();
    make_small(breach, trial_.simplify);
    const bool every_time = breaks_every_time(breach);
    const auto row = std::find_if(facts_.laws.begin(), facts_.laws.end(),
                                  [&](const LawResult& result) { return result.id == breach.law->id; });
    row->state = every_time ? LawState::violated : LawState::flaky;
    row->cases = std::max(row->cases, 1);
    facts_.found_in = breach.found_in;
    const fixtures::ProcessorClaims claims = breach.arrangement->claims;
    facts_.counterexample = counterexample_of(std::move(breach), drawn_size);
    if (every_time && !trial_.regressions.empty()) save(row->id, claims);
  }

  /// A full disk must not hide the counterexample.
  void save(const std::string& law, const fixtures::ProcessorClaims& claims) {
    try {
      facts_.saved_as = save_regression(trial_.regressions, law, claims, facts_.counterexample);
    } catch (const std::exception& error) {
      facts_.saved_as = std::string("not saved: ") + error.what();
    }
  }

  const Trial& trial_;
  Report::Facts facts_;
  std::vector<bool> applies_;
  std::vector<bool> seen_;    // by any observation so far
  std::vector<bool> judged_;  // on the case at hand
  bool gave_up_ = false;
};

/// One random case of the first arrangement, judged by a law that it breaks.
LawState canary_state(const Trial& trial) {
  Trial doomed;
  doomed.laws = {&canary, 1};
  doomed.arrangements = {trial.arrangements.front()};
  doomed.simplify = trial.simplify;
  doomed.cases = 1;
  const Report report(Run(doomed).facts());
  return !report.passed() && report.broken_law() == canary.id ? LawState::held : LawState::violated;
}

}  // namespace

Report judge(const Trial& trial) {
  Report::Facts facts = Run(trial).facts();
  if (facts.cases > 0 || facts.small_cases > 0) facts.laws.push_back(row_of(canary, canary_state(trial), 1));
  return Report(std::move(facts));
}

}  // namespace batchproof::properties
