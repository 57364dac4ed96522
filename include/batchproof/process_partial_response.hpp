#pragma once

#include <batchproof/event.hpp>
#include <batchproof/handler_result.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <string>
#include <string_view>
#include <type_traits>

namespace batchproof::inline v0_1 {

/// End to end, bytes in to bytes out: decodes the event of the processor's source, handles its records,
/// and returns the response for the service as compact JSON.
///
/// Throws `EventError` when the event cannot be processed (no handler has run), `BatchProcessingError` when
/// every record failed (unless the processor is set to answer), and what an own processor's `prepare` or
/// `clean` throws. Let all of them leave the function: a failed invocation delivers the whole batch again. As
/// thread-safe as the processor.
///
/// The payload is read in place, without a copy, and nothing refers to it after the call.
template <class Handler, class Processor>
[[nodiscard]] std::string process_partial_response(std::string_view payload, Handler&& handler,
                                                   Processor&& processor, const LambdaContext& context = {}) {
  constexpr bool is_processor = requires { typename std::remove_cvref_t<Processor>::record_type; };
  static_assert(
      is_processor,
      "batchproof: process_partial_response takes (payload, handler, processor[, context]), and its third "
      "argument here is not a processor");
  if constexpr (is_processor) {
    const auto event = detail::borrow<typename std::remove_cvref_t<Processor>::record_type>(payload);
    if constexpr (detail::responds_v<std::remove_cvref_t<Processor>>) {
      return processor.respond(event, handler, context);
    } else {
      constexpr bool is_async = detail::Awaitable<decltype(processor.process(event, handler, context))>;
      static_assert(!is_async,
                    "batchproof: a processor of coroutines belongs to async_process_partial_response");
      if constexpr (!is_async) return processor.process(event, handler, context).to_json();
    }
  } else {
    return {};
  }
}

}  // namespace batchproof::inline v0_1
