#include <algorithm>
#include <batchproof/effects/effect_law.hpp>
#include <string>
#include <utility>

namespace batchproof::effects {
namespace {

std::vector<std::string> other_results(const FinishedEffectWorld& finished) {
  std::vector<std::string> violations;
  for (const auto& [key, history] : finished.effects) {
    for (const std::string& returned : history.returned) {
      const bool is_an_effects =
          std::find(history.results.begin(), history.results.end(), returned) != history.results.end();
      if (is_an_effects && returned == history.returned.front()) continue;
      std::string violation = "a delivery of \"";
      violation.append(key).append("\" returned \"").append(returned).append("\", and ");
      if (is_an_effects) {
        violation.append("another one \"").append(history.returned.front()).append("\"");
      } else {
        violation.append("no effect of it had that result");
      }
      violations.push_back(std::move(violation));
      break;
    }
  }
  return violations;
}

}  // namespace

constinit const EffectLaw result_kept{
    .id = "result-kept",
    .sentence = "Every delivery that succeeds returns the result of the effect.",
    .violations = other_results,
};

}  // namespace batchproof::effects
