#pragma once

#include <batchproof/async/detail/return_to_executor.hpp>
#include <batchproof/event.hpp>
#include <batchproof/lambda_context.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {
namespace detail {

inline constexpr const char* stopped_message =
    "batchproof: the io_context that runs the coroutines of this batch was stopped, or a coroutine of the "
    "processor was destroyed before it ended; the invocation fails, so that the service delivers the whole "
    "batch again. A handler must not stop the context that it runs on";

/// Runs the coroutine on the calling thread until it has ended; throws what it threw. Throws
/// `std::logic_error` when the context was stopped meanwhile; the coroutine has then still run to its end,
/// since other threads may be working for it.
inline void run_to_end(boost::asio::awaitable<void> coroutine) {
  boost::asio::io_context context(1);
  boost::asio::make_service<RunByOneThread>(context);
  bool has_ended = false;
  std::exception_ptr thrown;
  auto life = std::make_shared<bool>(true);  // ends with the coroutine
  const std::weak_ptr<const bool> alive = life;
  boost::asio::co_spawn(context, std::move(coroutine),
                        [&has_ended, &thrown, life = std::move(life)](std::exception_ptr error) {
                          has_ended = true;
                          thrown = std::move(error);
                        });
  std::exception_ptr interrupted;
  // A context that is stopped twice may run nothing in between, while other threads work for it.
  for (; !has_ended && !alive.expired(); context.restart()) {
    try {
      context.run();
      if (!has_ended && !interrupted)
        interrupted = std::make_exception_ptr(std::logic_error(stopped_message));
    } catch (...) {  // by work that the user posted to this context
      interrupted = std::current_exception();
    }
  }
  if (interrupted) std::rethrow_exception(interrupted);
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace detail

/// `process_partial_response` for coroutine handlers: from event bytes to response bytes, on the calling
/// thread, which is busy or waits until every handler has ended. On an executor of your own, decode the event
/// and await `processor.process`.
///
/// Throws what `process_partial_response` throws, and `std::logic_error` when a handler stopped the
/// `io_context` that it runs on, but also then only after every handler has ended. As thread-safe as the
/// processor.
template <class Handler, class Processor>
[[nodiscard]] std::string async_process_partial_response(std::string_view payload, Handler&& handler,
                                                         Processor&& processor,
                                                         const LambdaContext& context = {}) {
  constexpr bool is_processor = requires { typename std::remove_cvref_t<Processor>::record_type; };
  static_assert(is_processor,
                "batchproof: async_process_partial_response takes (payload, handler, processor[, context]), "
                "and its third argument here is not a processor");
  constexpr bool is_async = !detail::responds_v<std::remove_cvref_t<Processor>>;
  static_assert(is_async,
                "batchproof: async_process_partial_response takes a processor of coroutines, such as an "
                "AsyncBatchProcessor");
  if constexpr (is_processor && is_async) {
    using Record = typename std::remove_cvref_t<Processor>::record_type;
    const auto event = detail::borrow<Record>(payload);
    std::string response;
    const auto process = [&]() -> boost::asio::awaitable<void> {
      const auto batch = co_await processor.process(event, std::ref(handler), context);
      response = batch.to_json();
    };
    detail::run_to_end(process());
    return response;
  } else {
    return {};
  }
}

}  // namespace batchproof::inline v0_1
