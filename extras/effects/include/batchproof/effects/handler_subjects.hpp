#pragma once

// Your handler in a processor of this library, as a subject for worlds of effects: unguarded, or idempotent.
//
//     run_effect_world(unguarded_subject<SqsRecord>(charge_customer), store, world);
//     run_effect_world(idempotent_subject<SqsRecord>(charge_customer), store, world);

#include <batchproof/detail/contain.hpp>
#include <batchproof/effects/effect_probe.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::effects {

struct HandlerSubjectOptions {
  bool fifo = false;  ///< SQS: the queue is a FIFO queue

  /// The effect of a record, independently of the key of a guard: records with equal texts have one effect.
  /// Left out, each message has an effect of its own. If the guard's key comes from the payload, this must
  /// come from the payload too.
  RecordToText effect{};
};

namespace detail {

/// A handler whose effect the world sees: it has happened when the handler returns.
template <class Results, class Handler>
auto with_effect(const std::shared_ptr<Handler>& handler, const EffectProbe& effects) {
  return [handler, effects]<class Record>(const Record& record, const LambdaContext& context) {
    using Value = batchproof::detail::KeptResult<Handler, Record>;
    batchproof::detail::ValueSlot<Value> value;
    effects.start_effect();
    const auto failure = batchproof::detail::contain([&] {
      return batchproof::detail::handle(*handler, record, context, [&value](auto&& result) {
        value.emplace(std::forward<decltype(result)>(result));
      });
    });
    if (failure) std::rethrow_exception(failure->exception);
    if constexpr (std::is_void_v<Value>) {
      effects.finish_effect("null");
    } else {
      effects.finish_effect(Results::write(*value));
      return Kept<Value>{std::move(*value)};
    }
  };
}

/// A guarded handler whose deliveries the world sees.
template <class Results, class Guarded>
auto with_deliveries(const Guarded& guarded, const EffectProbe& effects, const RecordToText& effect) {
  return [&guarded, effects, &effect]<class Record>(const Record& record, const LambdaContext& context) {
    effects.begin(record.item_identifier(), effect(record).value_or(std::string()));
    std::string result = "null";
    const auto failure = batchproof::detail::contain([&]() -> std::optional<Failure> {
      if constexpr (std::is_void_v<decltype(guarded(record, context))>) {
        guarded(record, context);
      } else {
        result = Results::write(guarded(record, context).value);
      }
      return std::nullopt;
    });
    if (!failure) return effects.end(result);
    effects.fail();
    std::rethrow_exception(failure->exception);
  };
}

/// The options of a guard in a world.
inline IdempotencyOptions in_world(IdempotencyOptions options, const EffectProbe& effects) {
  options.clock = effects.clock();
  options.prefix = effects.prefix();
  return options;
}

/// `guard(handler, effects)` makes the guarded handler.
template <class Record, class Results, class Handler, class Guard>
EffectSubject guarded_subject(Handler handler, Guard guard, HandlerSubjectOptions options) {
  const auto kept =
      std::make_shared<Handler>(std::move(handler));  // one for all invocations, as in a function
  return [kept, guard = std::move(guard), options = std::move(options)](std::string_view payload,
                                                                        const EffectProbe& effects) {
    const auto guarded = guard(with_effect<Results>(kept, effects), effects);
    const auto watched = with_deliveries<Results>(guarded, effects, options.effect);
    const auto handler_of_record = [&](const Record& record, const LambdaContext& context) {
      watched(record, context);
    };
    return fixtures::with_processor_of<Record>(
        fixtures::source_of<Record>(options.fifo), {},
        [&]<class Processor>(typename Processor::Options of_processor) {
          return process_partial_response(payload, handler_of_record, Processor(std::move(of_processor)),
                                          effects.context());
        });
  };
}

}  // namespace detail

/// The unguarded handler, which does its work at each delivery.
template <class Record, class Results = JsonResults, class Handler>
EffectSubject unguarded_subject(Handler handler, HandlerSubjectOptions options = {}) {
  return detail::guarded_subject<Record, Results>(
      std::move(handler), [](auto handler_in_world, const EffectProbe&) { return handler_in_world; },
      std::move(options));
}

/// `idempotent(handler, store, idempotency)` with the store of the world. Clock and prefix are the world's.
template <class Record, class Results = JsonResults, class Handler>
EffectSubject idempotent_subject(Handler handler, IdempotencyOptions idempotency = {},
                                 HandlerSubjectOptions options = {}) {
  return detail::guarded_subject<Record, Results>(
      std::move(handler),
      [idempotency = std::move(idempotency)](auto handler_in_world, const EffectProbe& effects) {
        return idempotent<Results>(std::move(handler_in_world), effects.store(),
                                   detail::in_world(idempotency, effects));
      },
      std::move(options));
}

}  // namespace batchproof::effects
