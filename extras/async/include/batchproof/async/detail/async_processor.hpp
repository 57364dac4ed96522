#pragma once

#include <batchproof/async/async_handler.hpp>
#include <batchproof/async/detail/run_batch_async.hpp>
#include <batchproof/detail/partial_processor.hpp>
#include <batchproof/event.hpp>
#include <batchproof/lambda_context.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// What `AsyncBatchProcessor` and `AsyncSqsFifoPartialProcessor` share: all but their names.
///
/// Immutable: one instance serves every invocation, from several threads if its hooks allow that.
template <class Record, class ProcessorOptions>
class AsyncProcessor {
 public:
  using record_type = Record;
  using Options = ProcessorOptions;

  AsyncProcessor() = default;

  /// Throws `std::invalid_argument` for invalid options, such as a concurrency that would break the order.
  explicit AsyncProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      const Options& options)
      : options_(checked(options, ordering_of<Record>(options))) {}

  /// The calls of `options.actions`, which block, run on this executor, such as that of a
  /// `boost::asio::thread_pool`, while other records continue. Without one they block the batch's executor.
  /// It must outlive the processor's batches.
  AsyncProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      const Options& options, boost::asio::any_io_executor actions_executor)
      : AsyncProcessor(options) {
    actions_executor_ = std::move(actions_executor);
  }

  /// As `BatchProcessor::process`, for an `AsyncRecordHandler`, in an awaitable. The handlers run on a strand
  /// of the awaiting coroutine's executor. A handler may end on any thread, such as one of a pool that an
  /// operation resumed it on: hooks and the next record run on the strand. A handler whose coroutine is
  /// destroyed before it ends has failed. The processor and the event must outlive the coroutine, and the
  /// event must outlive the result. It cannot be cancelled: only the context's deadline ends it early.
  template <class Handler>
  auto process(const Event<Record>& event, Handler&& handler, const LambdaContext& context) const {
    if constexpr (check_async_handler<Handler, Record>()) {
      refuse_unordered(event, options_);
      return handle_batch_async(event, RunOptions<Record>(options_, ordering_of<Record>(options_)),
                                std::decay_t<Handler>(std::forward<Handler>(handler)), context,
                                actions_executor_);
    } else {
      return refused_async<Record>();
    }
  }

  /// Without a context. Not by a default argument, which g++ 12 destroys twice where the call is awaited.
  template <class Handler>
  auto process(const Event<Record>& event, Handler&& handler) const {
    return process(event, std::forward<Handler>(handler), LambdaContext());
  }

  template <class Handler>
  auto process(Event<Record>&& event,  // batchproof: keep the event in a variable; results refer to it
               Handler&& handler, const LambdaContext& context = {}) const = delete;

  const Options& options() const noexcept { return options_; }

  /// Empty without one.
  const boost::asio::any_io_executor& actions_executor() const noexcept { return actions_executor_; }

 private:
  Options options_;
  boost::asio::any_io_executor actions_executor_{};
};

}  // namespace batchproof::inline v0_1::detail
