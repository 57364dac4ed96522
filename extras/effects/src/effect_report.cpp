#include <batchproof/effects/effect_report.hpp>
#include <utility>

namespace batchproof::effects {

EffectReport::EffectReport(int worlds, std::uint64_t seed, std::string replay_command,
                           EffectCounterexample counterexample)
    : worlds_(worlds),
      seed_(seed),
      replay_command_(std::move(replay_command)),
      counterexample_(std::move(counterexample)) {}

std::string EffectReport::text() const {
  if (worlds_ == 0) return "batchproof: nothing was proved, since no world was run";
  if (passed()) {
    return "batchproof: every law of effects held in " + std::to_string(worlds_) + " worlds, seed " +
           std::to_string(seed_);
  }
  return counterexample_.text() + "\n  repeat it with\n  " + replay_command_;
}

}  // namespace batchproof::effects
