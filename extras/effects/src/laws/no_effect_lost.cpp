#include <batchproof/effects/effect_law.hpp>

namespace batchproof::effects {
namespace {

std::vector<std::string> lost(const FinishedEffectWorld& finished) {
  std::vector<std::string> violations;
  for (const simulator::Message& message : finished.finished.messages) {
    if (message.disposition != simulator::Disposition::done) continue;
    const auto key = finished.key_of.find(message.identifier);
    if (key != finished.key_of.end() && finished.effects.at(key->second).happened > 0) continue;
    violations.push_back("message \"" + message.identifier +
                         "\" left its source as processed, and its effect never happened");
  }
  return violations;
}

}  // namespace

constinit const EffectLaw no_effect_lost{
    .id = "no-effect-lost",
    .sentence = "A message that left its source as processed has had its effect.",
    .violations = lost,
};

}  // namespace batchproof::effects
