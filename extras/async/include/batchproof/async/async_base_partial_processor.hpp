#pragma once

#include <batchproof/async/async_handler.hpp>
#include <batchproof/async/detail/return_to_executor.hpp>
#include <batchproof/async/detail/run_batch_async.hpp>
#include <batchproof/batch_processor.hpp>
#include <batchproof/detail/partial_processor.hpp>
#include <batchproof/event.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// A `BasePartialProcessor` for coroutine handlers: override any of `prepare`, `process_record` and `clean`,
/// which are coroutines. `Result` is the result of the handlers' coroutines; if it is void, their results are
/// dropped. The rules for it are those of `BasePartialProcessor`.
///
/// No override can lose a failure: a record counts as done only when `process_record` ended normally and the
/// last `handle` for it did too; calls of `handle` at the same time must all have done so. One that
/// `process_record` never gave to `handle` is reported as failed, unless `accept_without_handling` accepted
/// it.
///
/// It holds the state of one batch: one invocation at a time. Within a batch up to `max_concurrency` records
/// are processed concurrently, but never two on different threads at once: another continues only while one
/// waits.
template <class Record, class Result = void>
class AsyncBasePartialProcessor {
 public:
  using record_type = Record;
  using Options = BatchProcessorOptions<Record>;

  virtual ~AsyncBasePartialProcessor() = default;

  /// `prepare`, then `process_record` for each record, then `clean`. Throws what `prepare` or `clean` threw,
  /// so that the invocation fails and nothing is lost; what `process_record` throws is its record's failure.
  /// The processor and the event must outlive the coroutine, and the event what it returns.
  template <class Handler>
  auto process(const Event<Record>& event, Handler&& handler, const LambdaContext& context) {
    if constexpr (detail::check_async_handler<Handler, Record>() && OwnResult::check()) {
      constexpr bool fits = OwnResult::template takes<detail::AsyncKeptResult<Handler, Record>>;
      static_assert(fits, "batchproof: the handler's result does not fit the Result of this processor");
      if constexpr (fits) {
        detail::refuse_unordered(event, options_);
        return run(event, std::decay_t<Handler>(std::forward<Handler>(handler)), context);
      } else {
        return detail::refused_async<Record>();
      }
    } else {
      return detail::refused_async<Record>();
    }
  }

  /// Without a context. Not by a default argument, which g++ 12 destroys twice where the call is awaited.
  template <class Handler>
  auto process(const Event<Record>& event, Handler&& handler) {
    return process(event, std::forward<Handler>(handler), LambdaContext());
  }

  template <class Handler>
  auto process(Event<Record>&& event,  // batchproof: keep the event in a variable; results refer to it
               Handler&& handler, const LambdaContext& context = {}) = delete;

 protected:
  AsyncBasePartialProcessor() = default;

  /// Throws `std::invalid_argument` for invalid options.
  explicit AsyncBasePartialProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      const Options& options)
      : options_(detail::checked(options, detail::ordering_of<Record>(options))) {}

  /// With an executor for the calls of `options.actions`, as `AsyncBatchProcessor` has it.
  AsyncBasePartialProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      const Options& options, boost::asio::any_io_executor actions_executor)
      : AsyncBasePartialProcessor(options) {
    actions_executor_ = std::move(actions_executor);
  }

  AsyncBasePartialProcessor(const AsyncBasePartialProcessor&) = default;
  AsyncBasePartialProcessor& operator=(const AsyncBasePartialProcessor&) = default;

  /// Awaited once before the first record. An exception fails the invocation.
  virtual boost::asio::awaitable<void> prepare() { co_return; }

  /// Awaited once for each record. An exception fails the record.
  virtual boost::asio::awaitable<Result> process_record(const Record& record) { return handle(record); }

  /// Awaited once after the last record, also when all failed or `prepare` threw. An exception fails the
  /// invocation.
  virtual boost::asio::awaitable<void> clean() { co_return; }

  /// Awaits the record handler; throws what it threw, and the error of an outcome. Afterwards the coroutine
  /// is on its own executor again, whatever thread the handler ended on. May be called again to retry.
  boost::asio::awaitable<Result> handle(const Record& record) {
    Handling ignored;  // of another event's record
    Handling& handling = is_of_batch(record) ? handling_[record.index()] : ignored;
    handling.begin();
    detail::ValueSlot<Result> result;
    try {
      if constexpr (std::is_void_v<Result>) {
        co_await detail::await_here(handler_(record));
      } else {
        result.emplace(co_await detail::await_here(handler_(record)));
      }
    } catch (...) {
      handling.fail();
      throw;
    }
    handling.end();
    if constexpr (!std::is_void_v<Result>) co_return std::move(*result);
  }

  /// Accepts the record without its handler, such as one that an earlier delivery has handled.
  void accept_without_handling(const Record& record) {
    if (is_of_batch(record)) handling_[record.index()].accept();
  }

  /// The invocation's context; only during `prepare`, `process_record` and `clean`.
  const LambdaContext& context() const noexcept { return *context_; }

 private:
  /// The calls of `handle` for a record.
  class Handling {
   public:
    void begin() noexcept {
      if (running_++ == 0) has_failed_ = false;
      is_given_ = true;
    }
    void end() noexcept { --running_; }
    void fail() noexcept {
      --running_;
      has_failed_ = true;
    }
    void accept() noexcept {
      is_given_ = true;
      has_failed_ = false;
    }

    bool is_done() const noexcept { return is_given_ && running_ == 0 && !has_failed_; }

    /// The reason why the record is not done.
    const char* failure() const noexcept {
      if (has_failed_) return "process_record returned although the record handler had failed";
      if (running_ > 0) return "process_record returned while the record handler still ran";
      return "process_record returned without calling the record handler";
    }

   private:
    std::size_t running_ = 0;
    bool has_failed_ = false;
    bool is_given_ = false;
  };

  using ErasedHandler = std::function<boost::asio::awaitable<Result>(const Record&)>;
  using OwnResult = detail::OwnResult<Result>;
  using Kept = typename OwnResult::Kept;

  bool is_of_batch(const Record& record) const {
    if (event_ == nullptr) return false;
    const std::span<const Record> records = event_->records();
    return record.index() < records.size() &&
           records[record.index()].item_identifier() == record.item_identifier();
  }

  template <class Handler>
  boost::asio::awaitable<Result> call(Handler& handler, const Record& record) {
    if constexpr (std::is_void_v<Result>) {
      const auto drop = [](auto&&) {};
      const auto failure = co_await detail::handle_async(handler, record, *context_, drop);
      if (failure) std::rethrow_exception(failure->exception);
    } else {
      std::optional<detail::AsyncKeptResult<Handler, Record>> kept;
      const auto keep = [&kept](auto&& value) { kept.emplace(std::forward<decltype(value)>(value)); };
      const auto failure = co_await detail::handle_async(handler, record, *context_, keep);
      if (failure) std::rethrow_exception(failure->exception);
      co_return OwnResult::make(std::move(*kept));
    }
  }

  template <class Handler>
  boost::asio::awaitable<ProcessedBatch<Record, Kept>> run(const Event<Record>& event, Handler handler,
                                                           LambdaContext context) {
    handler_ = [this, &handler](const Record& record) { return call(handler, record); };
    context_ = &context;
    event_ = &event;
    handling_.assign(event.size(), Handling());
    std::optional<ProcessedBatch<Record, Kept>> batch;
    std::exception_ptr failed;
    try {
      co_await detail::await_here(prepare());
      const auto attempt_record = [this](const Record& record, const LambdaContext& for_handlers, auto keep) {
        if (context_ != &for_handlers) context_ = &for_handlers;  // before any other thread may read it
        return attempt(record, keep);
      };
      constexpr bool asks_for_context = true;  // `process_record` may, whatever its handler takes
      batch = co_await detail::run_batch_async<Kept>(
          event, detail::RunOptions<Record>(options_, detail::ordering_of<Record>(options_)), context,
          asks_for_context, attempt_record, actions_executor_);
    } catch (...) {
      failed = std::current_exception();
    }
    context_ = &context;  // the context that handlers got is destroyed
    std::exception_ptr not_cleaned;
    const bool throws_if_cancelled = co_await boost::asio::this_coro::throw_if_cancelled();
    // Records may have been handled before the caller was cancelled.
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    try {
      co_await detail::await_here(clean());
    } catch (...) {
      not_cleaned = std::current_exception();
    }
    co_await boost::asio::this_coro::throw_if_cancelled(throws_if_cancelled);
    handler_ = nullptr;
    context_ = nullptr;
    event_ = nullptr;
    if (failed) std::rethrow_exception(failed);
    if (not_cleaned) std::rethrow_exception(not_cleaned);
    co_return std::move(*batch);
  }

  template <class Keep>
  boost::asio::awaitable<std::optional<Failure>> attempt(const Record& record, Keep keep) {
    if constexpr (std::is_void_v<Result>) {
      co_await detail::checked_coroutine(process_record(record));
    } else {
      if (auto failure = detail::settle(co_await detail::checked_coroutine(process_record(record)), keep))
        co_return failure;
    }
    const Handling handling = handling_[record.index()];
    if (handling.is_done()) co_return std::nullopt;
    throw std::logic_error(handling.failure());
  }

  Options options_{};
  boost::asio::any_io_executor actions_executor_{};
  ErasedHandler handler_;
  const LambdaContext* context_ = nullptr;
  const Event<Record>* event_ = nullptr;
  std::vector<Handling> handling_;  // by record
};

}  // namespace batchproof::inline v0_1
