#pragma once

#include <batchproof/clock.hpp>
#include <batchproof/idempotency/store.hpp>
#include <batchproof/lambda_context.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace batchproof::effects {

class Execution;

/// One invocation of a function in a world of effects: its store, its clock, and the effects of its records.
/// A function of your own handles its records one after the other, and for each calls:
///
///     effects.begin(record.message_id());
///     // The guard under test: claims the key in effects.store(), and unless it has a result already:
///     effects.start_effect();            // throws when the handler fails this time
///     // what the handler does
///     effects.finish_effect(result);     // the effect has happened
///     // ... completes the claim.
///     effects.end(result);               // or effects.fail(), when the guard threw
///
/// After a crash or a time-out of the world the code continues, but all calls of the store throw, and none of
/// its actions counts. May be called from any thread, but by one at a time.
class EffectProbe {
 public:
  explicit EffectProbe(Execution& execution) : execution_(&execution) {}

  /// The store under test behind the faults of the world. Lives as long as this.
  IdempotencyStore& store() const noexcept;

  Clock clock() const;  ///< the world's clock, with the skew of this invocation

  /// With the deadline of this invocation, and a request id.
  LambdaContext context() const;

  /// Different for each world, so that one store serves many: for `IdempotencyOptions::prefix`.
  const std::string& prefix() const noexcept;

  /// To be called when the handling of a record begins. Records of one key have one effect; left out, the key
  /// is the identifier.
  void begin(std::string_view item_identifier, std::string_view key = {}) const;

  void start_effect() const;
  void finish_effect(const std::string& result) const;

  /// A new text for each effect, for handlers without a result of their own.
  std::string new_result() const;

  void end(const std::string& result) const;
  void fail() const;

 private:
  Execution* execution_;
};

/// A function under test: takes an event, and returns the response. An exception fails the batch.
using EffectSubject = std::function<std::string(std::string_view payload, const EffectProbe& effects)>;

}  // namespace batchproof::effects
