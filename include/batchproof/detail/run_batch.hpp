#pragma once

// The steps that every processor takes with a batch. Every user compiles this header, so all that does not
// depend on the handler is compiled once, in src/. Not part of the public interface.
//
//     const detail::RunOptions<Record> options(options_, detail::ordering_of<Record>(options_));
//     return detail::handle_batch(event, options, context, handler);

#include <batchproof/clock.hpp>
#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/detail/ordering.hpp>
#include <batchproof/event.hpp>
#include <batchproof/handler.hpp>
#include <batchproof/hooks.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/status.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace batchproof::inline v0_1::detail {

/// The result of a call that does not compile, so that no follow-up errors appear. Never defined.
template <class Record, class Result>
ProcessedBatch<Record, Result> refused();

/// The options of all processors, and the order that this one keeps. Refers to the options of the processor,
/// which must outlive it.
template <class Record>
struct RunOptions {
  template <class Options>
  RunOptions(const Options& options, Ordering the_ordering) noexcept
      : on_success(options.on_success),
        on_failure(options.on_failure),
        on_settled(options.on_settled),
        max_concurrency(options.max_concurrency),
        reserve(options.reserve),
        clock(options.clock),
        actions(options.actions),
        raise_on_entire_batch_failure(options.raise_on_entire_batch_failure),
        ordering(the_ordering) {
    if constexpr (requires { options.order_by_key; }) order_by_key = options.order_by_key;
  }

  const OnSuccess<Record>& on_success;
  const OnFailure<Record>& on_failure;
  const OnSettled<Record>& on_settled;
  std::optional<std::size_t> max_concurrency;
  std::chrono::milliseconds reserve;
  const Clock& clock;
  const QueueActions& actions;
  bool raise_on_entire_batch_failure;
  Ordering ordering;
  bool order_by_key = false;  ///< of Kafka
};

/// The user's code for one record: a function `(std::size_t record_index, const LambdaContext&)` that returns
/// the failure which that code reported, or throws. It must outlive this.
class Attempt {
 public:
  template <class Function>
  explicit Attempt(Function& function) noexcept : function_(&function), call_(call<Function>) {}

  /// Contains whatever the function throws.
  std::optional<Failure> operator()(std::size_t record_index, const LambdaContext& context) const {
    return call_(function_, record_index, context);
  }

 private:
  template <class Function>
  static std::optional<Failure> call(void* function, std::size_t record_index, const LambdaContext& context) {
    return contain_here([&] { return (*static_cast<Function*>(function))(record_index, context); });
  }

  void* function_;
  std::optional<Failure> (*call_)(void*, std::size_t, const LambdaContext&);
};

/// Attempts each record that order and deadline allow, once: in batch order, or on several threads where the
/// options say so. Returns what became of each.
template <class Record>
BATCHPROOF_EXPORT RecordOutcomes run_batch(const Event<Record>& event, const RunOptions<Record>& options,
                                           const LambdaContext& context, bool handlers_take_context,
                                           Attempt attempt);

/// `run_batch` for the response alone: returns and throws what the batch's `to_json()` does, but makes no
/// failures of messages, which nobody would read.
template <class Record>
BATCHPROOF_EXPORT std::string respond(const Event<Record>& event, const RunOptions<Record>& options,
                                      const LambdaContext& context, bool handlers_take_context,
                                      Attempt attempt);

/// `run_batch` by `attempt(record, context, keep)`, which hands a result to `keep`.
template <class Result, class Record, class AttemptRecord>
ProcessedBatch<Record, Result> process_batch(const Event<Record>& event, const RunOptions<Record>& options,
                                             const LambdaContext& context, bool handlers_take_context,
                                             AttemptRecord&& attempt_record) {
  BatchBuilder<Record, Result> batch(event, options.raise_on_entire_batch_failure);
  auto attempt = [&](std::size_t index, const LambdaContext& for_handlers) {
    return attempt_record(event.records()[index], for_handlers,
                          [&](auto&& value) { batch.keep(index, std::forward<decltype(value)>(value)); });
  };
  return batch.finish(run_batch(event, options, context, handlers_take_context, Attempt(attempt)));
}

/// `process_batch` with a record handler.
template <class Record, class Handler>
ProcessedBatch<Record, KeptResult<Handler, Record>> handle_batch(const Event<Record>& event,
                                                                 const RunOptions<Record>& options,
                                                                 const LambdaContext& context,
                                                                 Handler& handler) {
  return process_batch<KeptResult<Handler, Record>>(
      event, options, context, takes_context<Handler, Record>,
      [&handler](const Record& record, const LambdaContext& for_handlers, auto&& keep) {
        return handle(handler, record, for_handlers, keep);
      });
}

/// `respond` with a record handler.
template <class Record, class Handler>
std::string respond_by(const Event<Record>& event, const RunOptions<Record>& options,
                       const LambdaContext& context, Handler& handler) {
  auto attempt = [&](std::size_t index, const LambdaContext& for_handlers) {
    return handle(handler, event.records()[index], for_handlers, [](const auto&) {});
  };
  return respond(event, options, context, takes_context<Handler, Record>, Attempt(attempt));
}

}  // namespace batchproof::inline v0_1::detail
