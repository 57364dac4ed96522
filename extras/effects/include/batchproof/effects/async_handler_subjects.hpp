#pragma once

// Subjects made of coroutine handlers and `async_idempotent`; handler_subjects.hpp has those of plain
// handlers.
//
//     const EffectSubject subject = async_idempotent_subject<SqsRecord>(handle_order);
//     const EffectReport report = verify_effects(subject, store, fixtures::Source::sqs);

#include <batchproof/async.hpp>
#include <batchproof/effects/handler_subjects.hpp>
#include <batchproof/idempotency/async_idempotent.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/system_executor.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::effects {
namespace detail {

/// A coroutine handler whose effect the world sees.
template <class Results, class Handler>
class AsyncWithEffect {
 public:
  AsyncWithEffect(std::shared_ptr<Handler> handler, const EffectProbe& effects)
      : handler_(std::move(handler)), effects_(effects) {}

  template <class Record>
  auto operator()(const Record& record, const LambdaContext& context) const {
    return handle<batchproof::detail::AsyncKeptResult<Handler, Record>>(record, context);
  }

 private:
  template <class Value, class Record>
  boost::asio::awaitable<typename batchproof::detail::KeptOrVoid<Value>::type> handle(
      const Record& record, const LambdaContext& context) const {
    batchproof::detail::ValueSlot<Value> value;
    effects_.start_effect();
    const auto keep = [&value](auto&& result) { value.emplace(std::forward<decltype(result)>(result)); };
    const auto failure = co_await batchproof::detail::await_here(
        batchproof::detail::handle_async(*handler_, record, context, keep));
    if (failure) std::rethrow_exception(failure->exception);
    if constexpr (std::is_void_v<Value>) {
      effects_.finish_effect("null");
    } else {
      effects_.finish_effect(Results::write(*value));
      co_return Kept<Value>{std::move(*value)};
    }
  }

  std::shared_ptr<Handler> handler_;
  EffectProbe effects_;
};

/// A guarded coroutine handler whose deliveries the world sees.
template <class Results, class Guarded>
class AsyncWithDeliveries {
 public:
  AsyncWithDeliveries(const Guarded& guarded, const EffectProbe& effects, const RecordToText& effect)
      : guarded_(&guarded), effects_(effects), effect_(&effect) {}

  template <class Record>
  boost::asio::awaitable<void> handle(const Record& record, const LambdaContext& context) const {
    effects_.begin(record.item_identifier(), (*effect_)(record).value_or(std::string()));
    std::string result = "null";
    std::exception_ptr thrown;
    try {
      if constexpr (std::is_void_v<typename decltype((*guarded_)(record, context))::value_type>) {
        co_await batchproof::detail::await_here((*guarded_)(record, context));
      } else {
        const auto kept = co_await batchproof::detail::await_here((*guarded_)(record, context));
        result = Results::write(kept.value);
      }
    } catch (...) {
      thrown = std::current_exception();
    }
    if (!thrown) {
      effects_.end(result);
      co_return;
    }
    effects_.fail();
    std::rethrow_exception(thrown);
  }

 private:
  const Guarded* guarded_;
  EffectProbe effects_;
  const RecordToText* effect_;
};

}  // namespace detail

/// `async_idempotent(handler, store, executor, idempotency)` in a processor of coroutines that handles one
/// record after the other. The store's calls run on threads of Asio's own.
template <class Record, class Results = JsonResults, class Handler>
EffectSubject async_idempotent_subject(Handler handler, IdempotencyOptions idempotency = {},
                                       HandlerSubjectOptions options = {}) {
  const auto kept = std::make_shared<Handler>(std::move(handler));
  return [kept, idempotency = std::move(idempotency), options = std::move(options)](
             std::string_view payload, const EffectProbe& effects) {
    const auto guarded =
        async_idempotent<Results>(detail::AsyncWithEffect<Results, Handler>(kept, effects), effects.store(),
                                  boost::asio::system_executor(), detail::in_world(idempotency, effects));
    const detail::AsyncWithDeliveries<Results, std::remove_const_t<decltype(guarded)>> watched(
        guarded, effects, options.effect);
    const auto handler_of_record = [&](const Record& record, const LambdaContext& context) {
      return watched.handle(record, context);
    };
    if constexpr (std::is_same_v<Record, SqsRecord>) {
      if (options.fifo) {
        return async_process_partial_response(payload, handler_of_record, AsyncSqsFifoPartialProcessor(),
                                              effects.context());
      }
    }
    return async_process_partial_response(
        payload, handler_of_record, AsyncBatchProcessor<Record>({.max_concurrency = 1}), effects.context());
  };
}

}  // namespace batchproof::effects
