#pragma once

#include <batchproof/handler.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/status.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {
namespace detail {

template <class Result>
inline constexpr bool is_awaitable_v = false;
template <class Value, class Executor>
inline constexpr bool is_awaitable_v<boost::asio::awaitable<Value, Executor>> = true;

}  // namespace detail

/// A coroutine handler takes what a `RecordHandler` takes, and returns a `boost::asio::awaitable` of what
/// that may return: nothing, a value to keep, or an outcome. Its parameters are references that live until it
/// has ended.
template <class Handler, class Record>
concept AsyncRecordHandler =
    RecordHandler<Handler, Record> && detail::is_awaitable_v<detail::HandlerResult<Handler, Record>>;

namespace detail {

/// The result of a coroutine handler.
template <class Handler, class Record>
using AwaitedResult = typename HandlerResult<Handler, Record>::value_type;

template <class Handler, class Record>
using AsyncKeptResult = typename KeptValue<AwaitedResult<Handler, Record>>::type;

/// As `check_handler`, for coroutines.
template <class Handler, class Record>
constexpr bool check_async_handler() {
  static_assert(AsyncRecordHandler<Handler, Record>,
                "batchproof: an asynchronous record handler takes (const Record&) or (const Record&, const "
                "bp::LambdaContext&) and returns a boost::asio::awaitable; a handler that returns its result "
                "belongs to a processor without Async in its name");
  if constexpr (AsyncRecordHandler<Handler, Record>) {
    static_assert(
        !LosesFailure<AwaitedResult<Handler, Record>>,
        "batchproof: what this coroutine returns would hide a failure (future, bool, enum, "
        "error code, exception, optional, variant, pointer, status, or a pair, tuple or container of "
        "these); throw, return an outcome with has_value() and error(), or say by bp::Kept that the "
        "result is a value and not a verdict");
    return !LosesFailure<AwaitedResult<Handler, Record>>;
  } else {
    return false;
  }
}

inline constexpr const char* no_coroutine_message =
    "batchproof: an awaitable without a coroutine was returned, as `return {}` does: a coroutine has a "
    "co_await or a co_return";

/// The awaitable that a user's function returned. Throws `std::logic_error` for one that cannot be awaited.
template <class Value, class Executor>
boost::asio::awaitable<Value, Executor> checked_coroutine(boost::asio::awaitable<Value, Executor> coroutine) {
  if (!coroutine.valid()) throw std::logic_error(no_coroutine_message);
  return coroutine;
}

/// Awaits the handler and keeps its value. Returns the failure of an outcome; lets exceptions through.
template <class Handler, class Record, class Keep>
boost::asio::awaitable<std::optional<Failure>> handle_async(Handler& handler, const Record& record,
                                                            const LambdaContext& context, Keep keep) {
  if constexpr (std::is_void_v<AwaitedResult<Handler, Record>>) {
    co_await checked_coroutine(invoke_handler(handler, record, context));
    co_return std::nullopt;
  } else {
    co_return settle(co_await checked_coroutine(invoke_handler(handler, record, context)), keep);
  }
}

}  // namespace detail
}  // namespace batchproof::inline v0_1
