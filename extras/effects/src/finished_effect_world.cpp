#include <batchproof/effects/finished_effect_world.hpp>

namespace batchproof::effects {

EffectSummary summary_of(const FinishedEffectWorld& finished) {
  EffectSummary summary{.messages = finished.finished.messages.size(), .deliveries = finished.deliveries};
  for (const auto& [key, history] : finished.effects) {
    summary.interruptions += history.interruptions;
    if (history.happened == 0) continue;
    summary.effects += 1;
    summary.doubled += history.happened - 1;
  }
  return summary;
}

}  // namespace batchproof::effects
