#pragma once

#include <batchproof/effects/effect_probe.hpp>
#include <batchproof/idempotency/store.hpp>
#include <memory>
#include <span>
#include <string_view>

namespace batchproof::effects {

/// A guard around a handler with one fault, which shows that the laws catch it.
struct BrokenGuard {
  std::string_view name;      ///< "marks done before the work"
  std::string_view sentence;  ///< what is wrong
  std::string_view law;       ///< the id of the law that must catch it
  EffectSubject subject;
  std::unique_ptr<IdempotencyStore> (*make_store)();
};

std::span<const BrokenGuard> broken_guards();

/// The guard without the fault.
std::string correct_guard(std::string_view payload, const EffectProbe& effects);

}  // namespace batchproof::effects
