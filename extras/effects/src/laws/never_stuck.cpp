#include <batchproof/effects/effect_law.hpp>

namespace batchproof::effects {
namespace {

using simulator::Disposition;

std::vector<std::string> stuck(const FinishedEffectWorld& finished) {
  std::vector<std::string> violations;
  for (const simulator::Message& message : finished.finished.messages) {
    const bool has_an_end =
        message.disposition == Disposition::done || message.disposition == Disposition::dead_lettered;
    if (has_an_end || message.is_poison()) continue;
    violations.push_back("message \"" + message.identifier + "\" was delivered " +
                         std::to_string(message.deliveries) + " times, and never processed");
  }
  return violations;
}

}  // namespace

constinit const EffectLaw never_stuck{
    .id = "never-stuck",
    .sentence = "When the faults have healed, every message is processed: no claim blocks it forever.",
    .violations = stuck,
};

}  // namespace batchproof::effects
