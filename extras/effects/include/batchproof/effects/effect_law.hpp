#pragma once

#include <batchproof/effects/finished_effect_world.hpp>
#include <batchproof/simulator/world_law.hpp>
#include <span>

namespace batchproof::effects {

/// A law about effects. Each is defined in a file of its own under `extras/effects/src/laws/`.
using EffectLaw = simulator::WorldLaw<FinishedEffectWorld>;

/// An effect happens once, and again at most once for each interruption between it and its completion.
extern const EffectLaw effect_once;

/// A message that left its source as processed has had its effect.
extern const EffectLaw no_effect_lost;

/// When the faults have healed, every message is processed: no claim blocks it forever.
extern const EffectLaw never_stuck;

/// Every delivery that succeeds returns the result of the effect.
extern const EffectLaw result_kept;

/// When a claim has been released, the key can be claimed at once.
extern const EffectLaw release_frees;

/// All of them, in this order.
std::span<const EffectLaw> effect_laws() noexcept;

}  // namespace batchproof::effects
