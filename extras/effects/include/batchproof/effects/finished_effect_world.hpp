#pragma once

// The history that the laws of effects judge: what was done for each key, in a world that has ended.
//
//   for (const EffectLaw& law : effect_laws()) law.violations(finished);

#include <batchproof/effects/effect_world.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace batchproof::effects {

/// The history of one effect, that is, of one key.
struct EffectHistory {
  std::size_t happened = 0;            ///< how often
  std::vector<std::string> results{};  ///< one for each time that it happened

  /// How often a crash, a time-out or an outage of the store came between the effect and its completion.
  std::size_t interruptions = 0;

  std::vector<std::string> returned{};  ///< the results of the deliveries that succeeded

  /// How often the store answered that a claim holds the key after that claim had been released.
  std::size_t held_after_release = 0;
};

/// A world whose simulation has ended, and what was done in it.
struct FinishedEffectWorld {
  EffectWorld world{};
  simulator::FinishedWorld finished{};
  std::map<std::string, EffectHistory> effects{};  ///< by key

  /// The key of the effect of each record that was delivered, by its message id or sequence number.
  std::map<std::string, std::string> key_of{};

  std::uint64_t deliveries = 0;  ///< of records, those of overlapping invocations included
};

/// The figures of a world of effects.
struct EffectSummary {
  std::uint64_t messages = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t effects = 0;        ///< how many happened at least once
  std::uint64_t doubled = 0;        ///< how often one happened after the first time
  std::uint64_t interruptions = 0;  ///< crashes, time-outs and outages between an effect and its completion
};

EffectSummary summary_of(const FinishedEffectWorld& finished);

}  // namespace batchproof::effects
