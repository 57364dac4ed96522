#include <batchproof/effects/effect_law.hpp>

namespace batchproof::effects {
namespace {

std::vector<std::string> held(const FinishedEffectWorld& finished) {
  std::vector<std::string> violations;
  for (const auto& [key, history] : finished.effects) {
    if (history.held_after_release == 0) continue;
    violations.push_back("the claim of \"" + key +
                         "\" was released, and the store answered that it still holds the key");
  }
  return violations;
}

}  // namespace

constinit const EffectLaw release_frees{
    .id = "release-frees",
    .sentence = "When a claim has been released, the key can be claimed at once.",
    .violations = held,
};

}  // namespace batchproof::effects
