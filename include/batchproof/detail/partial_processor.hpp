#pragma once

// What `BatchProcessor` and `SqsFifoPartialProcessor` share: all but their names and options. Not part of the
// public interface.

#include <batchproof/detail/check_options.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/detail/ordering.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <batchproof/event.hpp>
#include <batchproof/handler.hpp>
#include <batchproof/kafka_record.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <batchproof/sqs_record.hpp>
#include <string>
#include <type_traits>

namespace batchproof::inline v0_1::detail {

/// Throws `EventError` for the first record that came from a FIFO queue.
BATCHPROOF_EXPORT void refuse_fifo(const Event<SqsRecord>& event);

/// Refuses a FIFO queue's event where the options say that its order is not kept.
template <class Record, class Options>
void refuse_unordered(const Event<Record>& event, const Options& options) {
  if constexpr (requires { options.allow_fifo; }) {
    if (!options.allow_fifo) refuse_fifo(event);
  }
}

template <class Record, class Options>
Ordering ordering_of(const Options& options) noexcept {
  if constexpr (requires { options.skip_group_on_error; }) {
    return options.skip_group_on_error ? Ordering::message_group : Ordering::fifo;
  } else if constexpr (requires { options.stop_on_first_failure; }) {
    constexpr Ordering stopped = std::is_same_v<Record, KafkaRecord> ? Ordering::partition : Ordering::stream;
    return options.stop_on_first_failure ? stopped : Ordering::none;
  } else {
    return Ordering::none;
  }
}

/// Immutable: one instance serves every invocation, from several threads if its hooks allow that.
template <class Record, class ProcessorOptions>
class PartialProcessor {
 public:
  using record_type = Record;
  using Options = ProcessorOptions;

  PartialProcessor() = default;

  /// Throws `std::invalid_argument` for invalid options, such as a concurrency that would break the order.
  explicit PartialProcessor(  // batchproof: no such option, type or unit; see docs/options.md
      const Options& options)
      : options_(checked(options, ordering_of<Record>(options))) {}

  /// Calls the handler once for each record, in batch order, or several at once by `max_concurrency`; see
  /// `RecordHandler`. Messages come back in batch order either way. Any exception of the handler
  /// becomes that record's failure. Returns the outcome of each; the event must outlive it. Throws
  /// `EventError`, and calls nothing, for a FIFO queue's event whose order would not be kept, unless
  /// `.allow_fifo` gives it up.
  template <class Handler>
  auto process(const Event<Record>& event, Handler&& handler, const LambdaContext& context = {}) const {
    if constexpr (check_handler<Handler, Record>()) {
      refuse_unordered(event, options_);
      return handle_batch(event, run_options(), context, handler);
    } else {
      return refused<Record, void>();
    }
  }

  /// For `process_partial_response`: returns and throws what `process(...).to_json()` does, but makes no
  /// messages, which nobody would read. As thread-safe as `process`.
  template <class Handler>
  [[nodiscard]] std::string respond(const Event<Record>& event, Handler&& handler,
                                    const LambdaContext& context) const {
    if constexpr (check_handler<Handler, Record>()) {
      refuse_unordered(event, options_);
      return respond_by(event, run_options(), context, handler);
    } else {
      return {};
    }
  }

  template <class Handler>
  auto process(Event<Record>&& event,  // batchproof: keep the event in a variable; results refer to it
               Handler&& handler, const LambdaContext& context = {}) const = delete;

  const Options& options() const noexcept { return options_; }

 private:
  RunOptions<Record> run_options() const noexcept { return {options_, ordering_of<Record>(options_)}; }

  Options options_;
};

}  // namespace batchproof::inline v0_1::detail
