#include <batchproof/effects/effect_law.hpp>

namespace batchproof::effects {
namespace {

std::vector<std::string> repeated(const FinishedEffectWorld& finished) {
  std::vector<std::string> violations;
  for (const auto& [key, history] : finished.effects) {
    if (history.happened <= 1 + history.interruptions) continue;
    violations.push_back("the effect of \"" + key + "\" happened " + std::to_string(history.happened) +
                         " times, and " + std::to_string(history.interruptions) +
                         " of them were cut off from their completion by a crash, a time-out or an outage");
  }
  return violations;
}

}  // namespace

constinit const EffectLaw effect_once{
    .id = "effect-once",
    .sentence =
        "An effect happens once, and again at most once for each crash, time-out or outage of the store "
        "between it and its completion.",
    .violations = repeated,
};

}  // namespace batchproof::effects
