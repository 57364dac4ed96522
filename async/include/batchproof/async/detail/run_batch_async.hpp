#pragma once

// The coroutines that handle a batch. Not part of the public interface.

#include <batchproof/async/async_handler.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/dispatch.hpp>
#include <batchproof/detail/limits.hpp>
#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace batchproof::detail {

/// Handles the records of one batch. Everything happens on one strand, so that nothing needs a lock, whatever
/// executor the caller has.
template <class Run, class Attempt>
class AsyncWorkers {
 public:
  AsyncWorkers(Run& run, const LambdaContext& context, Attempt& attempt, OrderingKeys keys, std::size_t limit,
               boost::asio::any_io_executor strand)
      : run_(run),
        context_(context),
        attempt_(attempt),
        strand_(std::move(strand)),
        all_done_(strand_, boost::asio::steady_timer::time_point::max()),
        dispatch_(Schedule(std::move(keys), limit), [this](std::size_t record) {
          boost::asio::co_spawn(strand_, work(record), boost::asio::detached);
        }) {}

  /// Ends when every record has finished; throws when something went wrong that is no record's failure.
  boost::asio::awaitable<void> run() {
    // Whoever is cancelled while handlers run would leave them without what they refer to.
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    dispatch_.begin();
    while (!dispatch_.idle())
      co_await all_done_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    dispatch_.rethrow();
  }

 private:
  boost::asio::awaitable<void> work(std::size_t record) {
    co_await boost::asio::post(strand_, boost::asio::use_awaitable);  // not before the dispatch goes on
    for (std::optional<std::size_t> next = record; next; next = dispatch_.next(record)) {
      record = *next;
      std::exception_ptr error;
      try {
        co_await handle(record);
      } catch (...) {
        error = std::current_exception();
      }
      if (error) {
        dispatch_.abandon(record, error);
        break;
      }
    }
    if (dispatch_.idle()) all_done_.cancel();
  }

  boost::asio::awaitable<void> handle(std::size_t index) {
    if (!run_.may_start(index)) co_return;
    std::optional<Failure> failure;
    std::exception_ptr thrown;
    try {
      const auto keep = [this, index](auto&& value) {
        run_.keep(index, std::forward<decltype(value)>(value));
      };
      failure = co_await attempt_(run_.record(index), context_, keep);
    } catch (...) {
      thrown = std::current_exception();
    }
    if (thrown) failure = failure_of_exception(thrown);
    if (!failure) {
      failure = contain([&]() -> std::optional<Failure> {
        run_.call_success_hook(index);
        return std::nullopt;
      });
    }
    run_.finish(index, failure);
  }

  Run& run_;
  const LambdaContext& context_;
  Attempt& attempt_;
  boost::asio::any_io_executor strand_;
  boost::asio::steady_timer all_done_;
  Dispatch dispatch_;
};

/// `run_batch` for coroutines: `attempt(record, context, keep)` gives an awaitable.
template <class Result, class Record, class Options, class Attempt>
boost::asio::awaitable<ProcessedBatch<Record, Result>> run_batch_async(
    const Event<Record>& event, const Options& options, Ordering ordering, const LambdaContext& context,
    bool handlers_take_context, Attempt attempt) {
  using Run = BatchRun<Record, Result, Options>;
  Run run(event, options, ordering, context, false);
  const std::size_t limit = options.max_concurrency.value_or(default_coroutines(ordering));
  const boost::asio::any_io_executor strand =
      boost::asio::make_strand(co_await boost::asio::this_coro::executor);
  AsyncWorkers<Run, Attempt> workers(run, handlers_take_context ? run.context_for_handlers() : context,
                                     attempt, ordering_keys_of(event, ordering), limit, strand);
  co_await boost::asio::co_spawn(strand, workers.run(), boost::asio::use_awaitable);
  co_return run.take();
}

/// What a processor that holds no state does with a batch. The handler and the context live in the coroutine.
template <class Handler, class Record, class Options>
boost::asio::awaitable<ProcessedBatch<Record, AsyncKeptResult<Handler, Record>>> handle_batch_async(
    const Event<Record>& event, const Options& options, Ordering ordering, Handler handler,
    LambdaContext context) {
  const auto attempt = [&handler](const Record& record, const LambdaContext& for_handlers, auto keep) {
    return handle_async(handler, record, for_handlers, keep);
  };
  co_return co_await run_batch_async<AsyncKeptResult<Handler, Record>>(
      event, options, ordering, context, takes_context<Handler, Record>, attempt);
}

/// As `refused`, where an awaitable is wanted. Never defined.
template <class Record>
boost::asio::awaitable<ProcessedBatch<Record>> refused_async();

}  // namespace batchproof::detail
