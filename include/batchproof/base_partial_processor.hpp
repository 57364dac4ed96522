#pragma once

#include <batchproof/batch_processor.hpp>
#include <batchproof/detail/check_options.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/partial_processor.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <batchproof/event.hpp>
#include <batchproof/handler.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {

/// Derive from this to make a processor of your own: override any of `prepare`, `process_record` and `clean`.
/// `Result` is the type that its handlers return; if it is void, their results are dropped. The rules are
/// those of a handler's result: the error of an outcome fails its record, and a type that a reader could take
/// for a verdict compiles only when it is wrapped in `Kept`.
///
/// No override can lose a failure: a record counts as done only when `process_record` returned and the last
/// call of `handle` for it did too. One that `process_record` never gave to `handle` is reported as failed,
/// unless `accept_without_handling` said that it needs none.
///
/// It holds the state of one batch: one invocation at a time, from one thread.
template <class Record, class Result = void>
class BasePartialProcessor {
 public:
  using record_type = Record;
  using Options = BatchProcessorOptions<Record>;

  virtual ~BasePartialProcessor() = default;

  /// `prepare`, then `process_record` for each record, then `clean`. Throws what `prepare` or `clean` threw,
  /// so that the invocation fails and nothing is lost; what `process_record` throws is its record's failure.
  /// Throws `EventError` for the event of a FIFO queue, unless `.allow_fifo` gives up its order. The event
  /// must outlive what is returned.
  template <class Handler>
  auto process(const Event<Record>& event, Handler&& handler, const LambdaContext& context = {}) {
    if constexpr (detail::check_handler<Handler, Record>() && OwnResult::check()) {
      constexpr bool fits = OwnResult::template takes<detail::KeptResult<Handler, Record>>;
      static_assert(fits, "batchproof: the handler's result does not fit the Result of this processor");
      if constexpr (fits) return run(event, erase(handler), context);
    } else {
      return detail::refused<Record, Kept>();
    }
  }

  template <class Handler>
  auto process(Event<Record>&& event,  // batchproof: keep the event in a variable; results refer to it
               Handler&& handler, const LambdaContext& context = {}) = delete;

 protected:
  BasePartialProcessor() = default;

  /// Throws `std::invalid_argument` for invalid options. It handles one record at a time;
  /// `AsyncBasePartialProcessor` is its asynchronous counterpart.
  explicit BasePartialProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      Options options)
      : options_(std::move(options)) {
    detail::check_options(options_.max_concurrency, options_.reserve, detail::ordering_of<Record>(options_));
    detail::refuse_threads(options_.max_concurrency);
  }
  BasePartialProcessor(const BasePartialProcessor&) = default;
  BasePartialProcessor& operator=(const BasePartialProcessor&) = default;

  /// Called once before the first record. An exception fails the invocation.
  virtual void prepare() {}

  /// Called once for each record, in batch order. An exception fails the record.
  virtual Result process_record(const Record& record) { return handle(record); }

  /// Called once after the last record, also when all failed or `prepare` threw. An exception fails the
  /// invocation.
  virtual void clean() {}

  /// Calls the record handler; throws what it threw, and the error of an outcome. May be called again to
  /// retry.
  Result handle(const Record& record) {
    Handling ignored;  // of another record than the one at hand
    const bool is_at_hand = at_hand_ != nullptr && record.index() == at_hand_->index() &&
                            record.item_identifier() == at_hand_->item_identifier();
    Handling& handling = is_at_hand ? handling_ : ignored;
    handling = Handling::failed;
    if constexpr (std::is_void_v<Result>) {
      handler_(record);
      handling = Handling::returned;
    } else {
      Result result = handler_(record);
      handling = Handling::returned;
      return result;
    }
  }

  /// Says that the record at hand needs no handler, such as one that was done by an earlier delivery.
  void accept_without_handling() noexcept { handling_ = Handling::returned; }

  /// The invocation's context; only during `prepare`, `process_record` and `clean`.
  const LambdaContext& context() const noexcept { return *context_; }

 private:
  enum class Handling { none, failed, returned };
  using ErasedHandler = std::function<Result(const Record&)>;
  using OwnResult = detail::OwnResult<Result>;
  using Kept = typename OwnResult::Kept;

  template <class Handler>
  ErasedHandler erase(Handler& handler) {
    return [this, &handler](const Record& record) -> Result {
      if constexpr (std::is_void_v<Result>) {
        const auto failure = detail::handle(handler, record, *context_, [](auto&&) {});
        if (failure) std::rethrow_exception(failure->exception);
      } else {
        std::optional<detail::KeptResult<Handler, Record>> kept;
        const auto failure = detail::handle(handler, record, *context_, [&](auto&& value) {
          kept.emplace(std::forward<decltype(value)>(value));
        });
        if (failure) std::rethrow_exception(failure->exception);
        return OwnResult::make(std::move(*kept));
      }
    };
  }

  ProcessedBatch<Record, Kept> run(const Event<Record>& event, ErasedHandler handler,
                                   const LambdaContext& context) {
    constexpr bool asks_for_context = true;  // `process_record` may, whatever its handler takes
    detail::refuse_unordered(event, options_);
    handler_ = std::move(handler);
    context_ = &context;
    std::optional<ProcessedBatch<Record, Kept>> batch;
    const auto failed = detail::contain([&]() -> std::optional<Failure> {
      prepare();
      batch = detail::process_batch<Kept>(
          event, detail::RunOptions<Record>(options_, detail::ordering_of<Record>(options_)), context,
          asks_for_context, [this](const Record& record, const LambdaContext& for_handlers, auto&& keep) {
            context_ = &for_handlers;
            return this->attempt(record, keep);
          });
      return std::nullopt;
    });
    const auto not_cleaned = detail::contain([&]() -> std::optional<Failure> {
      context_ = &context;  // the context that handlers got is destroyed
      clean();
      return std::nullopt;
    });
    handler_ = nullptr;
    context_ = nullptr;
    at_hand_ = nullptr;
    if (failed) std::rethrow_exception(failed->exception);
    if (not_cleaned) std::rethrow_exception(not_cleaned->exception);
    return std::move(*batch);
  }

  template <class Keep>
  std::optional<Failure> attempt(const Record& record, Keep&& keep) {
    handling_ = Handling::none;
    at_hand_ = &record;
    if constexpr (std::is_void_v<Result>) {
      process_record(record);
    } else {
      if (auto failure = detail::settle(process_record(record), keep)) return failure;
    }
    if (handling_ == Handling::returned) return std::nullopt;
    throw std::logic_error(handling_ == Handling::failed
                               ? "process_record returned although the record handler had failed"
                               : "process_record returned without calling the record handler");
  }

  Options options_{};
  ErasedHandler handler_;
  const LambdaContext* context_ = nullptr;
  Handling handling_ = Handling::none;  ///< of the record at hand
  const Record* at_hand_ = nullptr;
};

}  // namespace batchproof::inline v0_1
