// A guard as most guides describe it: once correct, and several times with one fault each.
//
//     std::string correct(const Guarded& guarded) { return guard_with(guarded, guarded.claim()); }

#include <array>
#include <batchproof/batch.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/effects/broken_guards.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <chrono>
#include <exception>
#include <map>
#include <optional>
#include <string>

namespace batchproof::effects {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds no_hurry = std::chrono::seconds(1);
constexpr std::chrono::hours long_time{24 * 365};

/// One record that a guard handles.
struct Guarded {
  const SqsRecord& record;
  const LambdaContext& context;
  const EffectProbe& effects;

  Claim claim_of(std::string_view key) const {
    const auto now = effects.clock()();
    return {.key = effects.prefix() + '#' + std::string(key),
            .token = context.request_id,
            .now = now,
            .in_progress_until = now + *context.remaining_time(now) + std::chrono::seconds(5),
            .expires = now + long_time};
  }
  Claim claim() const { return claim_of(record.message_id()); }

  std::string perform() const {
    effects.start_effect();
    std::string result = effects.new_result();
    effects.finish_effect(result);
    return result;
  }

  std::string perform_or_release(const Claim& own) const {
    std::string result;
    const auto failure = batchproof::detail::contain([&]() -> std::optional<Failure> {
      result = perform();
      return std::nullopt;
    });
    if (!failure) return result;
    effects.store().release(own, no_hurry);
    std::rethrow_exception(failure->exception);
  }

  void complete(const Claim& own, std::string_view result) const {
    if (!effects.store().complete(own, result, no_hurry)) throw ClaimLostError("the claim is another one's");
  }
};

std::string result_of(const ExistingRecord& existing) {
  if (!existing.is_completed) throw InProgressError("another delivery is being handled");
  return existing.result;
}

std::string guard_with(const Guarded& guarded, const Claim& claim) {
  if (const auto existing = guarded.effects.store().claim(claim, no_hurry)) return result_of(*existing);
  std::string result = guarded.perform_or_release(claim);
  guarded.complete(claim, result);
  return result;
}

std::string correct(const Guarded& guarded) { return guard_with(guarded, guarded.claim()); }

std::string marked_done_first(const Guarded& guarded) {
  const Claim claim = guarded.claim();
  if (const auto existing = guarded.effects.store().claim(claim, no_hurry)) return result_of(*existing);
  guarded.complete(claim, "");
  return guarded.perform();
}

std::string without_expiry(const Guarded& guarded) {
  Claim claim = guarded.claim();
  claim.in_progress_until = claim.expires;
  return guard_with(guarded, claim);
}

std::string with_short_expiry(const Guarded& guarded) {
  Claim claim = guarded.claim();
  claim.in_progress_until = claim.now + milliseconds(100);
  return guard_with(guarded, claim);
}

std::string by_batch(const Guarded& guarded) {
  return guard_with(guarded, guarded.claim_of(guarded.context.request_id));
}

std::string without_result(const Guarded& guarded) {
  const Claim claim = guarded.claim();
  if (const auto existing = guarded.effects.store().claim(claim, no_hurry)) {
    result_of(*existing);
    return "";
  }
  std::string result = guarded.perform_or_release(claim);
  guarded.complete(claim, "");
  return result;
}

/// Releases the claim after any failure, also the claim of another delivery.
std::string released_whatever_failed(const Guarded& guarded) {
  const Claim claim = guarded.claim();
  std::string result;
  const auto failure = batchproof::detail::contain([&]() -> std::optional<Failure> {
    result = guard_with(guarded, claim);
    return std::nullopt;
  });
  if (!failure) return result;
  guarded.effects.store().release(claim, no_hurry);
  std::rethrow_exception(failure->exception);
}

std::string unguarded_without_store(const Guarded& guarded) {
  const Claim claim = guarded.claim();
  std::optional<ExistingRecord> existing;
  const auto failure = batchproof::detail::contain([&]() -> std::optional<Failure> {
    existing = guarded.effects.store().claim(claim, no_hurry);
    return std::nullopt;
  });
  if (failure) return guarded.perform();
  if (existing) return result_of(*existing);
  std::string result = guarded.perform_or_release(claim);
  guarded.complete(claim, result);
  return result;
}

/// A function whose handler this guard guards.
template <std::string (*guard)(const Guarded&)>
std::string function_with(std::string_view payload, const EffectProbe& effects) {
  const auto handler = [&](const SqsRecord& record, const LambdaContext& context) {
    effects.begin(record.message_id());
    std::string result;
    const auto failure = batchproof::detail::contain([&]() -> std::optional<Failure> {
      result = guard({record, context, effects});
      return std::nullopt;
    });
    if (!failure) return effects.end(result);
    effects.fail();
    std::rethrow_exception(failure->exception);
  };
  return process_partial_response(payload, handler, BatchProcessor<SqsRecord>{}, effects.context());
}

/// Remembers the last claim of each key.
class LastClaims {
 public:
  const Claim& of(const Claim& claim) { return last_.try_emplace(claim.key, claim).first->second; }
  void set(const Claim& claim) { last_[claim.key] = claim; }

 private:
  std::map<std::string, Claim> last_;
};

/// Writes a claim without a condition, over that of another delivery.
class UnconditionalStore : public MemoryStore {
 public:
  std::optional<ExistingRecord> claim(const Claim& claim, milliseconds time_limit) override {
    MemoryStore::release(last_.of(claim), time_limit);
    last_.set(claim);
    return MemoryStore::claim(claim, time_limit);
  }

 private:
  LastClaims last_;
};

/// Releases a key whichever delivery has claimed it.
class CarelessStore : public MemoryStore {
 public:
  std::optional<ExistingRecord> claim(const Claim& claim, milliseconds time_limit) override {
    auto existing = MemoryStore::claim(claim, time_limit);
    if (!existing) last_.set(claim);
    return existing;
  }
  void release(const Claim& claim, milliseconds time_limit) override {
    MemoryStore::release(last_.of(claim), time_limit);
  }

 private:
  LastClaims last_;
};

/// Leaves a released key to its claim until that expires.
class KeepingStore : public MemoryStore {
 public:
  void release(const Claim&, milliseconds) override {}
};

template <class Store>
std::unique_ptr<IdempotencyStore> make() {
  return std::make_unique<Store>();
}

}  // namespace

std::string correct_guard(std::string_view payload, const EffectProbe& effects) {
  return function_with<correct>(payload, effects);
}

std::span<const BrokenGuard> broken_guards() {
  static const std::array guards{
      BrokenGuard{"done_before_work", "marks a record as done before it does the work", "no-effect-lost",
                  function_with<marked_done_first>, make<MemoryStore>},
      BrokenGuard{"no_condition", "writes its claim without a condition, over another one's", "effect-once",
                  function_with<correct>, make<UnconditionalStore>},
      BrokenGuard{"no_expiry", "makes claims that do not expire, so that a crash blocks a message forever",
                  "never-stuck", function_with<without_expiry>, make<MemoryStore>},
      BrokenGuard{"short_expiry", "makes claims that expire while the function still works", "effect-once",
                  function_with<with_short_expiry>, make<MemoryStore>},
      BrokenGuard{"key_of_the_batch", "has one key for all records of a batch", "no-effect-lost",
                  function_with<by_batch>, make<MemoryStore>},
      BrokenGuard{"result_lost", "does not keep the result", "result-kept", function_with<without_result>,
                  make<MemoryStore>},
      BrokenGuard{"releases_anothers_claim", "gives a key up although another delivery has claimed it",
                  "effect-once", function_with<released_whatever_failed>, make<CarelessStore>},
      BrokenGuard{"keeps_what_is_released", "does not free a key whose claim is released", "release-frees",
                  function_with<correct>, make<KeepingStore>},
      BrokenGuard{"unguarded_without_store", "handles a record unguarded when the store fails", "effect-once",
                  function_with<unguarded_without_store>, make<MemoryStore>},
  };
  return guards;
}

}  // namespace batchproof::effects
