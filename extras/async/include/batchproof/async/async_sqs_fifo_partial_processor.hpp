#pragma once

#include <batchproof/async/async_handler.hpp>
#include <batchproof/async/detail/run_batch_async.hpp>
#include <batchproof/event.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/sqs_fifo_partial_processor.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {

/// An `SqsFifoPartialProcessor` for coroutine handlers. With `skip_group_on_error` message groups are handled
/// concurrently, in order within each; without it one message comes after the other.
///
/// Immutable: one instance serves every invocation, from several threads if its hooks allow that.
class AsyncSqsFifoPartialProcessor {
 public:
  using record_type = SqsRecord;
  using Options = SqsFifoPartialProcessorOptions;

  AsyncSqsFifoPartialProcessor() = default;

  /// Throws `std::invalid_argument` for invalid options, such as a concurrency that would break the order.
  explicit AsyncSqsFifoPartialProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      const Options& options)
      : options_(detail::checked(options, detail::ordering_of(options))) {}

  /// The calls of `options.actions`, which block, run on this executor, such as that of a
  /// `boost::asio::thread_pool`, while other records continue. Without one they block the batch's executor.
  /// It must outlive the processor's batches.
  AsyncSqsFifoPartialProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      const Options& options, boost::asio::any_io_executor actions_executor)
      : AsyncSqsFifoPartialProcessor(options) {
    actions_executor_ = std::move(actions_executor);
  }

  /// As `AsyncBatchProcessor::process`, in the order of the queue.
  template <class Handler>
  auto process(const Event<SqsRecord>& event, Handler&& handler, const LambdaContext& context) const {
    if constexpr (detail::check_async_handler<Handler, SqsRecord>()) {
      return detail::handle_batch_async(
          event, detail::RunOptions<SqsRecord>(options_, detail::ordering_of(options_)),
          std::decay_t<Handler>(std::forward<Handler>(handler)), context, actions_executor_);
    } else {
      return detail::refused_async<SqsRecord>();
    }
  }

  /// Without a context. Not by a default argument, which g++ 12 destroys twice where the call is awaited.
  template <class Handler>
  auto process(const Event<SqsRecord>& event, Handler&& handler) const {
    return process(event, std::forward<Handler>(handler), LambdaContext());
  }

  template <class Handler>
  auto process(Event<SqsRecord>&& event,  // batchproof: keep the event in a variable; results refer to it
               Handler&& handler, const LambdaContext& context = {}) const = delete;

  const Options& options() const noexcept { return options_; }

 private:
  Options options_;
  boost::asio::any_io_executor actions_executor_{};
};

}  // namespace batchproof::inline v0_1
