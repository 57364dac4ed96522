#include "earlier_cases.hpp"

#include <algorithm>
#include <utility>

#include "stage_runs.hpp"

namespace batchproof::properties {

std::vector<EarlierCase> last_cases_before(const Position& current, std::span<const Stage> stages,
                                           const VerificationPlan& plan, std::size_t most) {
  std::vector<EarlierCase> last;
  const auto add_cases_of = [&](const Stage& stage, std::size_t number, bool is_current) {
    for (std::size_t subject = is_current ? current.subject + 1 : plan.subjects.size(); subject-- > 0;) {
      auto cases = drawn_cases(stage, plan.subjects[subject], number);
      if (is_current && subject == current.subject) cases.resize(std::min(cases.size(), current.index));
      for (auto staged = cases.rbegin(); staged != cases.rend() && last.size() < most; ++staged)
        last.push_back({&plan.subjects[subject], std::move(*staged->drawn)});
    }
  };
  for (std::size_t index = current.stage + 1; index-- > 0 && last.size() < most;) {
    const bool is_current_stage = index == current.stage;
    if (!is_current_stage &&
        (stages[index].where == Where::child || stages[current.stage].where == Where::child))
      continue;
    for (std::size_t number = current.numbers_run[index]; number-- > 0 && last.size() < most;)
      add_cases_of(stages[index], number, is_current_stage && number == current.number);
  }
  std::reverse(last.begin(), last.end());
  return last;
}

}  // namespace batchproof::properties
