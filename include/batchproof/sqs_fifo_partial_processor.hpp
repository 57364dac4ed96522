#pragma once

#include <batchproof/detail/run_batch.hpp>
#include <batchproof/event.hpp>
#include <batchproof/handler.hpp>
#include <batchproof/hooks.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/processed_batch.hpp>
#include <batchproof/sqs_record.hpp>
#include <utility>

namespace batchproof {

/// How a batch of an SQS FIFO queue is processed.
struct SqsFifoPartialProcessorOptions {
  /// A failure stops its own message group alone, and the other groups go on. A message without a group id
  /// depends on everything before it and stops everything after it.
  bool skip_group_on_error = false;

  /// Throw `BatchProcessingError` in place of a response when every record failed.
  bool raise_on_entire_batch_failure = true;

  OnSuccess<SqsRecord> on_success{};
  OnFailure<SqsRecord> on_failure{};
};

/// Keeps the order of an SQS FIFO queue: after a failure it handles nothing that must come later, and reports
/// it all (AWS Lambda developer guide, "Implementing partial batch responses": "If you're using this feature
/// with a FIFO queue, your function should stop processing messages after the first failure"). It accepts the
/// event of any SQS queue.
///
/// Records that were not handled carry `SqsFifoCircuitBreakerError`, or
/// `SqsFifoMessageGroupCircuitBreakerError` with `skip_group_on_error`. Immutable: one instance serves every
/// invocation, from any thread, as far as its hooks do.
class SqsFifoPartialProcessor {
 public:
  using record_type = SqsRecord;
  using Options = SqsFifoPartialProcessorOptions;

  SqsFifoPartialProcessor() = default;
  explicit SqsFifoPartialProcessor(Options options) : options_(std::move(options)) {}

  /// As `BatchProcessor::process`, in the order of the queue. The event must outlive what is returned.
  template <class Handler>
  auto process(const Event<SqsRecord>& event, Handler&& handler, const LambdaContext& context = {}) const {
    if constexpr (detail::check_handler<Handler, SqsRecord>()) {
      const auto ordering =
          options_.skip_group_on_error ? detail::Ordering::message_group : detail::Ordering::fifo;
      return detail::BatchAccess::run<detail::KeptResult<Handler, SqsRecord>>(
          event, options_, ordering, [&](const SqsRecord& record, auto&& keep) {
            return detail::handle(handler, record, context, keep);
          });
    } else {
      return detail::refused<SqsRecord, void>();
    }
  }

  template <class Handler>
  auto process(Event<SqsRecord>&& event, Handler&& handler, const LambdaContext& context = {}) const = delete;

 private:
  Options options_;
};

}  // namespace batchproof
