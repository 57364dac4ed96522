#pragma once

// The worlds in which effects are verified: one of the simulator, and faults around effects.
//
//   const EffectWorld world{.world = {.seed = 7, .messages = 20}};

#include <batchproof/fixtures/source.hpp>
#include <batchproof/simulator/world.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace batchproof::effects {

/// The faults around effects and stores. Rates are probabilities from 0 to 1.
struct EffectFaults {
  double overlap_rate = 0;        ///< of invocations whose event is delivered twice or three times at once
  double slow_rate = 0;           ///< of effects that take up to the function timeout
  double store_failure_rate = 0;  ///< of calls of the store that fail and change nothing
  double store_lost_answer_rate = 0;        ///< of calls of the store that are carried out, and then fail
  std::chrono::milliseconds clock_skew{0};  ///< by how much the clocks of two invocations differ at most
};

/// A world of the simulator, and faults around effects. Here `world.faults.crash_rate` and `timeout_rate` are
/// the share of invocations that end at any step: before, between or after an effect and a call of the store.
/// `flaky_rate` is the share of effects whose handler fails before they happen. All faults end at
/// `world.faults.heal_after`.
struct EffectWorld {
  simulator::World world{};
  EffectFaults faults{};
};

/// The world on one line of JSON.
std::string to_json(const EffectWorld& world);

/// A world of this source with sizes and faults drawn by the seed; each kind of fault is on or off. No
/// message is poison, and none is dead-lettered, so that each should have its effect in the end: a queue
/// keeps it for half an hour longer than `longest_claim`, which may block it.
EffectWorld random_effect_world(fixtures::Source source, std::uint64_t seed, std::size_t most_messages = 8,
                                std::chrono::milliseconds longest_claim = {});

}  // namespace batchproof::effects
