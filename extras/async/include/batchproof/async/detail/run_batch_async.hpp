#pragma once

// The coroutines that handle a batch. Not part of the public interface.

#include <batchproof/async/async_handler.hpp>
#include <batchproof/async/detail/return_to_executor.hpp>
#include <batchproof/async/detail/run_elsewhere.hpp>
#include <batchproof/detail/batch_run.hpp>
#include <batchproof/detail/check_options.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/dispatch.hpp>
#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// The failure of a record whose coroutine was destroyed.
inline Failure lost_coroutine() {
  return failure_of_exception(std::make_exception_ptr(std::runtime_error(
      "the handler's coroutine was destroyed before it ended: an operation that it awaited dropped its "
      "completion handler without calling it")));
}

/// Handles the records of one batch by `attempt(record_index, context)`, an awaitable. All but the user's
/// coroutines, which may move to other executors, runs on one serial executor, so that nothing needs a lock,
/// whatever executor the caller has.
template <class Record, class AttemptRecord>
class AsyncWorkers {
 public:
  /// The last executor is for the calls of queue actions; an empty one means `serial`.
  AsyncWorkers(BatchRun<Record>& run, const LambdaContext& context, AttemptRecord& attempt, OrderingKeys keys,
               std::size_t limit, boost::asio::any_io_executor serial,
               boost::asio::any_io_executor actions_executor)
      : run_(run),
        context_(context),
        attempt_(attempt),
        serial_(std::move(serial)),
        actions_executor_(std::move(actions_executor)),
        all_done_(serial_, boost::asio::steady_timer::time_point::max()),
        dispatch_(Schedule(std::move(keys), limit),
                  [this](std::size_t record) { begin(record, FirstRecord::to_handle); }) {}

  /// Ends when every record has finished; throws on an error that is not a record's failure.
  boost::asio::awaitable<void> run() {
    dispatch_.begin();
    while (!dispatch_.idle())
      co_await all_done_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    dispatch_.rethrow();
    if (!actions_executor_) co_return;
    const auto change = [this] { run_.change_visibility(); };
    co_await run_elsewhere(actions_executor_, change);
  }

 private:
  /// Whether a worker handles a record, or fails one whose worker was lost.
  enum class FirstRecord { to_handle, lost };

  /// Notices when a worker's coroutine is destroyed while it handles a record: an operation that the handler
  /// awaited dropped its completion handler.
  class LossGuard {
   public:
    LossGuard(AsyncWorkers& workers, std::size_t record)
        : workers_(&workers), alive_(workers.alive_), record_(record) {}
    LossGuard(const LossGuard&) = delete;
    LossGuard& operator=(const LossGuard&) = delete;
    ~LossGuard() {
      if (workers_ != nullptr && !alive_.expired()) workers_->replace_lost(record_);
    }
    void dismiss() noexcept { workers_ = nullptr; }

   private:
    AsyncWorkers* workers_;
    std::weak_ptr<const bool> alive_;  // expired when the context and all its coroutines are destroyed
    std::size_t record_;
  };

  void begin(std::size_t record, FirstRecord first) {
    boost::asio::co_spawn(serial_, work(record, first), boost::asio::detached);
  }

  void replace_lost(std::size_t record) noexcept {
    try {
      begin(record, FirstRecord::lost);
    } catch (...) {
      dispatch_.abandon(record, std::current_exception());
      if (dispatch_.idle()) all_done_.cancel();
    }
  }

  boost::asio::awaitable<void> work(std::size_t record, FirstRecord first) {
    co_await boost::asio::post(serial_, boost::asio::use_awaitable);  // not before the dispatch goes on
    if (first == FirstRecord::lost) run_.finish(record, lost_coroutine());
    std::optional<std::size_t> next = first == FirstRecord::lost ? dispatch_.next(record) : record;
    for (; next; next = dispatch_.next(record)) {
      record = *next;
      LossGuard guard(*this, record);
      std::exception_ptr error;
      try {
        co_await handle(record);
      } catch (...) {
        error = std::current_exception();
      }
      guard.dismiss();
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
      failure = co_await await_here(attempt_(index, context_));
    } catch (...) {
      thrown = std::current_exception();
    }
    if (thrown) failure = failure_of_exception(thrown);
    if (!failure) failure = run_.call_success_hook(index);
    if (!failure || failure->request == nullptr || !actions_executor_) {
      run_.finish(index, std::move(failure));
      co_return;
    }
    bool is_settled = false;
    const auto settle = [this, index, &failure, &is_settled] {
      is_settled = run_.try_settle(index, *failure);
    };
    co_await run_elsewhere(actions_executor_, settle);
    run_.finish_failed(index, std::move(*failure), is_settled);
  }

  BatchRun<Record>& run_;
  const LambdaContext& context_;
  AttemptRecord& attempt_;
  boost::asio::any_io_executor serial_;
  boost::asio::any_io_executor actions_executor_;
  boost::asio::steady_timer all_done_;
  Dispatch dispatch_;
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

/// `process_batch` for coroutines: `attempt(record, context, keep)` returns an awaitable.
template <class Result, class Record, class AttemptRecord>
boost::asio::awaitable<ProcessedBatch<Record, Result>> run_batch_async(
    const Event<Record>& event, RunOptions<Record> options, const LambdaContext& context,
    bool handlers_take_context, AttemptRecord attempt_record, boost::asio::any_io_executor actions_executor) {
  BatchRun<Record> run(event, options, context, false);
  BatchBuilder<Record, Result> batch(event, options.raise_on_entire_batch_failure);
  auto attempt = [&](std::size_t index, const LambdaContext& for_handlers) {
    const auto keep = [&batch, index](auto&& value) {
      batch.keep(index, std::forward<decltype(value)>(value));
    };
    return attempt_record(event.records()[index], for_handlers, keep);
  };
  const std::size_t limit = options.max_concurrency.value_or(default_coroutines(options.ordering));
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  const boost::asio::any_io_executor serial = serial_executor(executor);
  AsyncWorkers<Record, decltype(attempt)> workers(
      run, handlers_take_context ? run.context_for_handlers() : context, attempt,
      ordering_keys_for(event, options), limit, serial, actions_executor);
  // Without a cancellation slot: a cancelled coroutine would destroy objects that running handlers still
  // refer to, and lose their results; and Boost.Asio may call the slot of a coroutine on another executor
  // after its end.
  co_await boost::asio::co_spawn(
      serial, workers.run(),
      boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), boost::asio::use_awaitable));
  co_return batch.finish(run.take());
}

/// Runs a batch for a processor without state. The handler and the context live in the coroutine.
template <class Handler, class Record>
boost::asio::awaitable<ProcessedBatch<Record, AsyncKeptResult<Handler, Record>>> handle_batch_async(
    const Event<Record>& event, RunOptions<Record> options, Handler handler, LambdaContext context,
    boost::asio::any_io_executor actions_executor) {
  const auto attempt = [&handler](const Record& record, const LambdaContext& for_handlers, auto keep) {
    return handle_async(handler, record, for_handlers, keep);
  };
  co_return co_await run_batch_async<AsyncKeptResult<Handler, Record>>(
      event, options, context, takes_context<Handler, Record>, attempt, std::move(actions_executor));
}

/// As `refused`, for an awaitable. Never defined.
template <class Record>
boost::asio::awaitable<ProcessedBatch<Record>> refused_async();

}  // namespace batchproof::inline v0_1::detail
