#pragma once

#include <algorithm>
#include <batchproof/effects/async_handler_subjects.hpp>
#include <batchproof/effects/handler_subjects.hpp>
#include <batchproof/effects/verify_effects.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/idempotency/options.hpp>
#include <batchproof/idempotency/store.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

struct VerifyIdempotentOptions {
  bool fifo = false;                    ///< SQS: the queue is a FIFO queue
  fixtures::PayloadList accepted{};     ///< payloads that the handler accepts, as in `VerifyHandlerOptions`
  RecordToText effect{};                ///< as in `effects::HandlerSubjectOptions`
  std::optional<int> worlds{};          ///< as in `effects::VerifyEffectsOptions`
  std::optional<std::uint64_t> seed{};  ///< drawn, and printed, when not set
};

}  // namespace batchproof::inline v0_1

namespace batchproof::effects::detail {

template <class Record>
EffectReport verify_subject(const EffectSubject& subject, IdempotencyStore& store,
                            const VerifyIdempotentOptions& options, std::chrono::milliseconds longest_claim) {
  return verify_effects(subject, store, fixtures::source_of<Record>(options.fifo),
                        {.accepted = options.accepted,
                         .worlds = options.worlds,
                         .seed = options.seed,
                         .longest_claim = longest_claim});
}

/// Without a time of its own a claim ends at the deadline of the world's function. A longer time than SQS
/// keeps a message counts as that.
inline std::chrono::milliseconds longest_claim(const IdempotencyOptions& options) {
  constexpr std::chrono::milliseconds most = std::chrono::hours(24 * 14);
  return std::min(options.in_progress_expires_after.value_or(std::chrono::milliseconds(0)), most) +
         std::min(options.clock_skew, most);
}

}  // namespace batchproof::effects::detail

namespace batchproof::inline v0_1 {

/// Checks that the effects of a handler happen once: runs `idempotent(handler, store, idempotency)` in a
/// processor of this library, in random worlds with crashes and time-outs at every step, lost responses,
/// duplicates, overlapping invocations, clocks that differ, and a store that fails. The laws are
/// `effects::effect_laws()`; a crash between an effect and its completion may repeat the effect once.
///
/// The effect of a record has happened when the handler returns. The handler accepts each of the payloads,
/// and the worlds alone make it fail, before its effect: near misses, which it may reject, have no place
/// here, and `verify_handler` judges them. The store goes by the times of the claims that it is given, since
/// time is virtual: `MemoryStore` and `DynamoDbStore` do, `RedisStore` does not. It meets all worlds, with a
/// prefix of its own for each; clock and prefix of the options are the world's.
///
/// Returns the report, which holds the smallest world that violates a law, if any does. It catches what
/// handler and store throw. One thread at a time may call it; the handler is called on threads of the
/// simulation, one at a time.
template <class Record, class Results = JsonResults, class Handler>
effects::EffectReport verify_idempotent(Handler handler, IdempotencyStore& store,
                                        IdempotencyOptions idempotency = {},
                                        const VerifyIdempotentOptions& options = {}) {
  const auto longest_claim = effects::detail::longest_claim(idempotency);
  return effects::detail::verify_subject<Record>(
      effects::idempotent_subject<Record, Results>(std::move(handler), std::move(idempotency),
                                                   {.fifo = options.fifo, .effect = options.effect}),
      store, options, longest_claim);
}

/// The same for a coroutine handler and `async_idempotent`.
template <class Record, class Results = JsonResults, class Handler>
effects::EffectReport verify_async_idempotent(Handler handler, IdempotencyStore& store,
                                              IdempotencyOptions idempotency = {},
                                              const VerifyIdempotentOptions& options = {}) {
  const auto longest_claim = effects::detail::longest_claim(idempotency);
  return effects::detail::verify_subject<Record>(
      effects::async_idempotent_subject<Record, Results>(std::move(handler), std::move(idempotency),
                                                         {.fifo = options.fifo, .effect = options.effect}),
      store, options, longest_claim);
}

}  // namespace batchproof::inline v0_1
