#pragma once

// Runs one world of effects, without judging it:
//
//     const EffectWorld world{.faults = {.overlap_rate = 0.2}};
//     EXPECT_EQ(summary_of(run_effect_world(subject, store, world)).doubled, 0U);

#include <batchproof/effects/effect_probe.hpp>
#include <batchproof/effects/finished_effect_world.hpp>
#include <batchproof/idempotency/store.hpp>
#include <batchproof/simulator/run_world.hpp>

namespace batchproof::effects {

/// Runs the world until it is at rest. Overlapping invocations run on threads of their own, one at a time:
/// the one with the earliest virtual time. The same world gives the same history on every machine. Throws
/// `simulator::ImpossibleWorld`.
///
/// The trace is that of the simulator; between its lines, for each invocation, are what was `claimed`,
/// `completed` and `released`, the `effect`, and where the invocation was `ended`.
FinishedEffectWorld run_effect_world(const EffectSubject& subject, IdempotencyStore& store,
                                     const EffectWorld& world, const simulator::TraceSink& trace = {});

}  // namespace batchproof::effects
