#pragma once

#include <batchproof/async.hpp>
#include <batchproof/async/detail/run_elsewhere.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {
namespace detail {

/// A coroutine handler that handles each key once.
template <class Handler, class Results>
class AsyncIdempotentHandler {
 public:
  AsyncIdempotentHandler(Handler handler, IdempotencyStore& the_store,
                         boost::asio::any_io_executor store_executor, IdempotencyOptions options)
      : handler_(std::move(handler)),
        identity_(identity_of(handler_)),
        store_(&the_store),
        store_executor_(std::move(store_executor)),
        options_(std::move(options)) {}

  template <class Record>
  requires AsyncRecordHandler<Handler, Record>
  auto operator()(const Record& record, const LambdaContext& context) const
      -> boost::asio::awaitable<typename KeptOrVoid<AsyncKeptResult<Handler, Record>>::type> {
    using Value = AsyncKeptResult<Handler, Record>;
    const bool throws_if_cancelled = co_await boost::asio::this_coro::throw_if_cancelled();
    GuardedCall call = guarded_call(*store_, options_, context, record);
    std::optional<std::string> earlier;
    const auto begin = [&call, &earlier] { earlier = call.begin(); };
    co_await run_step(store_executor_, begin, throws_if_cancelled);
    note_key(*store_, call.key(), record.item_identifier(), identity_, earlier.has_value());
    ValueSlot<Value> value;
    if (!earlier) {
      std::exception_ptr thrown;
      const auto keep = [&value](auto&& result) { value.emplace(std::forward<decltype(result)>(result)); };
      try {
        const auto failure = co_await await_here(handle_async(handler_, record, context, keep));
        if (failure) thrown = failure->exception;
      } catch (...) {
        thrown = std::current_exception();
      }
      const auto end = [&call, &thrown, &value] { finish<Value>(call, thrown, value); };
      co_await boost::asio::this_coro::throw_if_cancelled(false);
      co_await run_step(store_executor_, end, throws_if_cancelled);
      if (thrown) std::rethrow_exception(thrown);
    }
    if constexpr (!std::is_void_v<Value>) {
      if (earlier) value.emplace(read_result<Value, Results>(*earlier));
      co_return batchproof::Kept<Value>{std::move(*value)};
    }
  }

 private:
  /// Runs a step of the store to its end, also when the caller is cancelled meanwhile: the claim that it made
  /// must be released, and an effect that was done must be kept. Only the handler can be cancelled. At the
  /// end the caller throws when it is cancelled, if it did so before.
  template <class Step>
  static boost::asio::awaitable<void> run_step(const boost::asio::any_io_executor& store_executor,
                                               const Step& step, bool throws_if_cancelled) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    std::exception_ptr thrown;
    try {
      co_await boost::asio::co_spawn(
          executor, run_elsewhere(store_executor, step),
          boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), boost::asio::use_awaitable));
    } catch (...) {
      thrown = std::current_exception();
    }
    co_await boost::asio::this_coro::throw_if_cancelled(throws_if_cancelled);
    if (thrown) std::rethrow_exception(thrown);
  }

  template <class Value, class Result>
  static void finish(GuardedCall& call, const std::exception_ptr& thrown, const Result& value) {
    if (thrown) {
      call.release();
    } else if constexpr (std::is_void_v<Value>) {
      call.complete("null");
    } else {
      call.complete(write_result<Results>(*value));
    }
  }

  mutable Handler handler_;
  HandlerIdentity identity_;
  IdempotencyStore* store_;
  boost::asio::any_io_executor store_executor_;
  IdempotencyOptions options_;
};

}  // namespace detail

/// `idempotent` for a coroutine handler. The store's calls block: they run on an executor of their own, such
/// as that of a `boost::asio::thread_pool`, while other records continue. The executor must outlive the
/// returned handler.
///
/// A caller that is cancelled cancels the handler, not a call of the store: a handler that had finished has
/// its result kept, and one that had not has its claim released.
template <class Results = JsonResults, class Handler>
auto async_idempotent(Handler handler, IdempotencyStore& the_store,
                      boost::asio::any_io_executor store_executor, IdempotencyOptions options = {}) {
  return detail::AsyncIdempotentHandler<Handler, Results>(std::move(handler), the_store,
                                                          std::move(store_executor), std::move(options));
}

}  // namespace batchproof::inline v0_1
