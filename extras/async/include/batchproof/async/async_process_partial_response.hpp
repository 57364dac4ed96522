#pragma once

#include <batchproof/event.hpp>
#include <batchproof/lambda_context.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof {
namespace detail {

/// Runs the coroutine on the calling thread until it has ended; throws what it threw.
inline void run_to_end(boost::asio::awaitable<void> coroutine) {
  boost::asio::io_context context(1);
  std::exception_ptr thrown;
  boost::asio::co_spawn(context, std::move(coroutine),
                        [&thrown](std::exception_ptr error) { thrown = std::move(error); });
  context.run();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace detail

/// `process_partial_response` for coroutine handlers: bytes in, bytes out, on the calling thread, which is
/// busy or waits until every handler has ended. Those who have an executor of their own decode the event and
/// await `processor.process`.
///
/// Throws what `process_partial_response` throws. As thread-safe as the processor.
template <class Handler, class Processor>
std::string async_process_partial_response(std::string_view payload, Handler&& handler, Processor&& processor,
                                           const LambdaContext& context = {}) {
  constexpr bool is_processor = requires { typename std::remove_cvref_t<Processor>::record_type; };
  static_assert(is_processor,
                "batchproof: async_process_partial_response takes (payload, handler, processor[, context]), "
                "and its third argument here is no processor");
  if constexpr (is_processor) {
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

}  // namespace batchproof
