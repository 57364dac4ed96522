#pragma once

// The processor of standard queues, streams and Kafka, and its options:
//
//   const bp::BatchProcessor<bp::DynamoDbRecord> processor({.stop_on_first_failure = true});
//   std::string response = bp::process_partial_response(payload, handle_order, processor);

#include <batchproof/clock.hpp>
#include <batchproof/detail/check_options.hpp>
#include <batchproof/detail/partial_processor.hpp>
#include <batchproof/hooks.hpp>
#include <batchproof/kafka_record.hpp>
#include <batchproof/queue_actions.hpp>
#include <batchproof/sqs_record.hpp>
#include <chrono>
#include <cstddef>
#include <optional>

namespace batchproof::inline v0_1 {

/// How a batch of a stream is processed. The options of queues and of Kafka repeat what is common to all,
/// since a designated initializer does not reach the members of a base class.
template <class Record>
struct BatchProcessorOptions {
  static_assert(
      is_record_v<Record>,
      "batchproof: a processor is of SqsRecord, KinesisStreamRecord, DynamoDbRecord or KafkaRecord; "
      "to take payloads of a type, give it the handler bp::typed<Type>(handler)");

  /// Throw `BatchProcessingError` in place of a response when every record failed.
  bool raise_on_entire_batch_failure = true;

  /// Handle nothing after the first failure: the service starts again there, so later records would be
  /// handled twice. When false, every record is handled, so that none waits for an earlier one to be retried.
  bool stop_on_first_failure = false;

  OnSuccess<Record> on_success{};
  OnFailure<Record> on_failure{};
  OnSettled<Record> on_settled{};

  /// How many records may be handled at once, each on a thread of its own: for handlers that wait. By default
  /// one after the other, or 16 coroutines in an `AsyncBatchProcessor`. Records of one partition key
  /// (Kinesis), or changes of one item (DynamoDB), stay in order. The handler and what it uses must then be
  /// safe to call from several threads; hooks run one at a time, and a record's hook before the next one of
  /// its key starts.
  std::optional<std::size_t> max_concurrency{};

  /// No record is started when less than this is left until the deadline of the context: it fails with
  /// `DeadlineReachedError`, and the function still answers. It should be longer than a record takes.
  std::chrono::milliseconds reserve = detail::default_reserve;

  Clock clock{};  ///< the clock that the deadline is compared with

  QueueActions actions{};  ///< carry out what failure requests ask for
};

/// How a batch of an SQS standard queue is processed.
template <>
struct BatchProcessorOptions<SqsRecord> {
  /// Throw `BatchProcessingError` in place of a response when every record failed.
  bool raise_on_entire_batch_failure = true;

  /// Accept the event of a FIFO queue, whose order this processor does not keep.
  bool allow_fifo = false;

  OnSuccess<SqsRecord> on_success{};
  OnFailure<SqsRecord> on_failure{};
  OnSettled<SqsRecord> on_settled{};

  /// How many messages may be handled at once, each on a thread of its own: for handlers that wait. By
  /// default one after the other, or 16 coroutines in an `AsyncBatchProcessor`. The handler and what it uses
  /// must then be safe to call from several threads; hooks run one at a time.
  std::optional<std::size_t> max_concurrency{};

  /// No message is started when less than this is left until the deadline of the context: it fails with
  /// `DeadlineReachedError`, and the function still answers. It should be longer than a message takes.
  std::chrono::milliseconds reserve = detail::default_reserve;

  Clock clock{};  ///< the clock that the deadline is compared with

  QueueActions actions{};  ///< carry out what failure requests ask for
};

/// How a batch of Kafka is processed.
template <>
struct BatchProcessorOptions<KafkaRecord> {
  /// Throw `BatchProcessingError` in place of a response when every record failed.
  bool raise_on_entire_batch_failure = true;

  /// Handle nothing of a partition after its first failure; other partitions go on. Records that were not
  /// handled are reported too: AWS does not say whether the service delivers the records after a reported
  /// offset again. When false, every record is handled.
  bool stop_on_first_failure = false;

  /// Keep in order only the records of one key within a partition, instead of the whole partition, so that a
  /// partition's records may be handled at once too. Records without a key stay in order. It matters only
  /// with `max_concurrency`, and cannot be combined with `stop_on_first_failure`.
  bool order_by_key = false;

  OnSuccess<KafkaRecord> on_success{};
  OnFailure<KafkaRecord> on_failure{};
  OnSettled<KafkaRecord> on_settled{};

  /// How many records may be handled at once, each on a thread of its own: for handlers that wait. By default
  /// one after the other, or 16 coroutines in an `AsyncBatchProcessor`. Records of one partition stay in
  /// order, or with `order_by_key` those of one key. The handler and what it uses must then be safe to call
  /// from several threads; hooks run one at a time, and a record's hook before the next record of its
  /// partition or key starts.
  std::optional<std::size_t> max_concurrency{};

  /// No record is started when less than this is left until the deadline of the context: it fails with
  /// `DeadlineReachedError`, and the function still answers. It should be longer than a record takes.
  std::chrono::milliseconds reserve = detail::default_reserve;

  Clock clock{};  ///< the clock that the deadline is compared with

  QueueActions actions{};  ///< carry out what failure requests ask for
};

/// Handles each record of a batch by itself and records which succeeded and which failed. `Record` is
/// `SqsRecord` (standard queues), a record of a stream such as `DynamoDbRecord`, or `KafkaRecord`. It refuses
/// the event of a FIFO queue, unless `.allow_fifo` gives up its order.
///
/// Immutable: one instance serves every invocation, from several threads if its hooks allow that.
template <class Record>
class BatchProcessor : public detail::PartialProcessor<Record, BatchProcessorOptions<Record>> {
 public:
  using detail::PartialProcessor<Record, BatchProcessorOptions<Record>>::PartialProcessor;
};

template <class Record>
inline constexpr bool detail::responds_v<BatchProcessor<Record>> = true;

}  // namespace batchproof::inline v0_1
