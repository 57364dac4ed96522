#include "judge.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "expected_answer.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

/// The records to leave out, one at a time: all of a small batch, the one in the middle of a larger one.
std::vector<std::size_t> left_out_records(const BatchCase& batch_case) {
  constexpr std::size_t small_batch = 3;
  const std::size_t size = batch_case.records.size();
  if (size > small_batch) return {size / 2};
  std::vector<std::size_t> all;
  for (std::size_t index = 0; index < size; ++index) all.push_back(index);
  return all;
}

Observation observe_anew(const Arrangement& arrangement, const BatchCase& batch_case,
                         const std::string& payload) {
  if (arrangement.before_each) arrangement.before_each();
  return arrangement.observe(batch_case, payload);
}

/// The runs that a law of this input asks for beside the first.
std::vector<Observation> further_runs(const Arrangement& arrangement, LawInput input,
                                      const BatchCase& batch_case, const std::string& payload) {
  std::vector<Observation> runs;
  if (input == LawInput::batch_again) {
    BatchCase all_failed = batch_case;
    for (auto& record : all_failed.records) record.rejected = true;
    runs.push_back(arrangement.observe(all_failed, payload));
    runs.push_back(arrangement.observe(batch_case, payload));
  } else if (input == LawInput::batch_in_part) {
    for (const std::size_t left_out : left_out_records(batch_case)) {
      BatchCase part = batch_case;
      part.records.erase(part.records.begin() + static_cast<std::ptrdiff_t>(left_out));
      runs.push_back(observe_anew(arrangement, part, part.payload()));
      runs.back().left_out = left_out;
    }
  }
  return runs;
}

/// A law that was broken, on what, and what was seen the last time that it broke.
struct Breach {
  const Law* law;
  const Arrangement* arrangement;
  BatchCase batch_case;
  std::string payload;
  Observation observation;
  std::vector<Violation> violations;

  bool breaks_on(const BatchCase& batch, const std::string& bytes) {
    Observation seen = observe_anew(*arrangement, batch, bytes);
    seen.further_runs = further_runs(*arrangement, law->input, batch, bytes);
    if (!law->judges(batch, seen)) return false;
    auto found = law->violations(batch, arrangement->claims, seen);
    if (found.empty()) return false;
    observation = std::move(seen);
    violations = std::move(found);
    return true;
  }
};

class Run {
 public:
  explicit Run(const Trial& trial) : trial_(trial) {
    for (const Law& law : trial.laws) {
      const bool applies = std::any_of(trial.arrangements.begin(), trial.arrangements.end(),
                                       [&](const Arrangement& a) { return law.applies(a.source, a.claims); });
      applies_.push_back(applies);
      facts_.laws.push_back(
          {std::string(law.id), applies ? LawState::no_cases : LawState::not_applicable, 0});
    }
    seen_.resize(trial.laws.size());
    for (const std::string_view id : trial.not_applicable) {
      facts_.laws.push_back({std::string(id), LawState::not_applicable, 0});
    }
    facts_.seed = trial.seed;
    facts_.cases_wanted = trial.cases;
    facts_.replay_command = trial.replay_command;
  }

  Report report() {
    for (int number = 0; number < trial_.cases; ++number) {
      judged_.assign(trial_.laws.size(), false);
      auto breach = judge_case(number);
      for (std::size_t law = 0; law < judged_.size(); ++law) facts_.laws[law].cases += judged_[law] ? 1 : 0;
      facts_.cases += std::find(judged_.begin(), judged_.end(), true) != judged_.end() ? 1 : 0;
      for (std::size_t law = 0; law < judged_.size(); ++law) facts_.laws[law].state = state_of(law);
      if (breach) note_breach(std::move(*breach));
      if (trial_.progress) trial_.progress(facts_.laws, trial_.cases);
      if (breach) break;
    }
    return Report(std::move(facts_));
  }

 private:
  std::optional<Breach> judge_case(int number) {
    for (const Arrangement& arrangement : trial_.arrangements) {
      if (wants(arrangement, LawInput::batch) || wants(arrangement, LawInput::batch_again) ||
          wants(arrangement, LawInput::batch_in_part)) {
        const auto batch = arrangement.draw_batch(number);
        gave_up_ |= !batch;
        if (batch) {
          if (auto breach = judge_batch(arrangement, *batch)) return breach;
        }
      }
      if (wants(arrangement, LawInput::damaged_payload)) {
        const auto damaged = arrangement.draw_damaged(number);
        gave_up_ |= !damaged;
        if (damaged) {
          if (auto breach =
                  judge_input(arrangement, LawInput::damaged_payload, damaged->batch_case, damaged->payload,
                              observe_anew(arrangement, damaged->batch_case, damaged->payload))) {
            return breach;
          }
        }
      }
    }
    return std::nullopt;
  }

  std::optional<Breach> judge_batch(const Arrangement& arrangement, const BatchCase& batch) {
    const std::string payload = batch.payload();
    Observation observation = observe_anew(arrangement, batch, payload);
    for (const LawInput input : {LawInput::batch, LawInput::batch_again, LawInput::batch_in_part}) {
      if (!wants(arrangement, input)) continue;
      observation.further_runs = further_runs(arrangement, input, batch, payload);
      if (auto breach = judge_input(arrangement, input, batch, payload, observation)) return breach;
    }
    return std::nullopt;
  }

  bool wants(const Arrangement& arrangement, LawInput input) const {
    return std::any_of(trial_.laws.begin(), trial_.laws.end(), [&](const Law& law) {
      return law.input == input && law.applies(arrangement.source, arrangement.claims);
    });
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
      if (!violations.empty())
        return Breach{&law, &arrangement, batch, payload, observation, std::move(violations)};
    }
    return std::nullopt;
  }

  /// A law that none of the observations let be judged was not applicable after all.
  LawState state_of(std::size_t law) const {
    if (!applies_[law]) return LawState::not_applicable;
    if (gave_up_) return LawState::gave_up;
    if (facts_.laws[law].cases > 0) return LawState::held;
    return seen_[law] ? LawState::not_applicable : LawState::no_cases;
  }

  void note_breach(Breach breach) {
    Counterexample& counterexample = facts_.counterexample;
    counterexample.drawn_size = breach.batch_case.records.size();
    make_small(breach, trial_.simplify);
    bool every_time = true;
    for (int again = 0; again < 3; ++again) every_time &= breach.breaks_on(breach.batch_case, breach.payload);

    const auto row = std::find_if(facts_.laws.begin(), facts_.laws.end(),
                                  [&](const LawResult& result) { return result.id == breach.law->id; });
    row->state = every_time ? LawState::broken : LawState::flaky;
    facts_.sentence = breach.law->sentence;
    facts_.aws_page = breach.law->aws_page;
    counterexample.mode = breach.arrangement->name;
    counterexample.damaged = breach.law->input == LawInput::damaged_payload;
    counterexample.expected = counterexample.damaged
                                  ? "a response that loses no record, or an error"
                                  : expected_answer(breach.batch_case, breach.arrangement->claims);
    counterexample.actual = breach.observation.response.value_or("threw: " + breach.observation.error);
    counterexample.violations = std::move(breach.violations);
    counterexample.observation = std::move(breach.observation);
    counterexample.batch_case = std::move(breach.batch_case);
  }

  static void make_small(Breach& breach, Simplify simplify) {
    if (breach.law->input != LawInput::damaged_payload) {
      breach.batch_case = shrink(
          breach.batch_case,
          [&](const BatchCase& smaller) { return breach.breaks_on(smaller, smaller.payload()); }, simplify);
      breach.payload = breach.batch_case.payload();
      return;
    }
    breach.payload = shrink_bytes(breach.payload, [&](const std::string& smaller) {
      return breach.breaks_on(breach.batch_case, smaller);
    });
    breach.batch_case = shrink(
        breach.batch_case,
        [&](const BatchCase& smaller) { return breach.breaks_on(smaller, breach.payload); },
        Simplify::records_only);
  }

  const Trial& trial_;
  Report::Facts facts_;
  std::vector<bool> applies_;
  std::vector<bool> seen_;    // by any observation so far
  std::vector<bool> judged_;  // on the case at hand
  bool gave_up_ = false;
};

}  // namespace

Report judge(const Trial& trial) { return Run(trial).report(); }

}  // namespace batchproof::properties
