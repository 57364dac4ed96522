#pragma once

// The processor of FIFO queues, and its options:
//
//   const bp::SqsFifoPartialProcessor processor({.skip_group_on_error = true});

#include <batchproof/clock.hpp>
#include <batchproof/detail/check_options.hpp>
#include <batchproof/detail/partial_processor.hpp>
#include <batchproof/hooks.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/sqs_record.hpp>
#include <chrono>
#include <cstddef>
#include <optional>

namespace batchproof::inline v0_1 {

/// How a batch of an SQS FIFO queue is processed.
struct SqsFifoPartialProcessorOptions {
  /// A failure stops its own message group alone, and the other groups go on. A message without a group id
  /// depends on everything before it and stops everything after it.
  bool skip_group_on_error = false;

  /// Throw `BatchProcessingError` in place of a response when every record failed.
  bool raise_on_entire_batch_failure = true;

  OnSuccess<SqsRecord> on_success{};
  OnFailure<SqsRecord> on_failure{};
  OnSettled<SqsRecord> on_settled{};

  /// With `skip_group_on_error`: how many message groups may be handled at once, each on a thread of its own,
  /// in order within each; for handlers that wait. By default one message after the other, or 16 coroutines
  /// in an `AsyncSqsFifoPartialProcessor`. The handler and what it uses must then be safe to call from
  /// several threads; hooks run one at a time, and a message's hook before the next one of its group starts.
  /// A message without a group id runs alone.
  std::optional<std::size_t> max_concurrency{};

  /// No message is started when less than this is left until the deadline of the context: it fails with
  /// `DeadlineReachedError`, and the function still answers. It should be longer than a message takes.
  std::chrono::milliseconds reserve = detail::default_reserve;

  Clock clock{};  ///< the clock that the deadline is compared with

  QueueActions actions{};  ///< carry out what failure requests ask for
};

/// Keeps the order of an SQS FIFO queue: after a failure it handles no message that must come later, and
/// reports all of those (AWS Lambda developer guide, "Implementing partial batch responses": "If you're using
/// this feature with a FIFO queue, your function should stop processing messages after the first failure").
/// It accepts the event of any SQS queue.
///
/// Records that were not handled carry `SqsFifoCircuitBreakerError`, or
/// `SqsFifoMessageGroupCircuitBreakerError` with `skip_group_on_error`. Immutable: one instance serves every
/// invocation, from several threads if its hooks allow that.
class SqsFifoPartialProcessor : public detail::PartialProcessor<SqsRecord, SqsFifoPartialProcessorOptions> {
 public:
  using PartialProcessor::PartialProcessor;
};

template <>
inline constexpr bool detail::responds_v<SqsFifoPartialProcessor> = true;

}  // namespace batchproof::inline v0_1
