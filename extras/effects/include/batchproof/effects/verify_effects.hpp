#pragma once

#include <batchproof/effects/effect_law.hpp>
#include <batchproof/effects/effect_probe.hpp>
#include <batchproof/effects/effect_report.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/idempotency/store.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace batchproof::effects {

struct VerifyEffectsOptions {
  fixtures::PayloadList accepted{};  ///< payloads that the handler accepts; left out, those of the simulator

  /// How many random worlds. Not set: BATCHPROOF_CASES, then BATCHPROOF_PROFILE, then 1,000.
  std::optional<int> worlds{};
  std::optional<std::uint64_t> seed{};  ///< drawn, and printed, when not set
  std::size_t most_messages = 8;        ///< of a world

  /// How long a crashed function may block its record: a queue keeps the message so much longer.
  std::chrono::milliseconds longest_claim{0};
};

/// Runs a function in random worlds of effects of this source until one of the laws is violated, and then
/// searches for the smallest world that violates it. One store serves all worlds, each with keys of its own.
/// Catches what subject and store throw; throws `std::invalid_argument` for an accepted payload of DynamoDB
/// that is not an item. One thread at a time may call it.
EffectReport verify_effects(const EffectSubject& subject, IdempotencyStore& store, fixtures::Source source,
                            const VerifyEffectsOptions& options = {},
                            std::span<const EffectLaw> laws = effect_laws());

}  // namespace batchproof::effects
