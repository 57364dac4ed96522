#pragma once

// Decides for each source which records must keep their order. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/detail/ordering.hpp>
#include <batchproof/detail/schedule.hpp>
#include <batchproof/event.hpp>
#include <type_traits>

namespace batchproof::inline v0_1::detail {

/// SQS: every message by itself, or the messages of a group in order. A message without a group runs alone.
///
/// Kinesis: the records of a partition key in order, which is what the service keeps where it runs several
/// batches of a shard at once (AWS Lambda developer guide, "Using Lambda to process records from Amazon
/// Kinesis Data Streams", ParallelizationFactor). One whose key cannot be read runs alone.
///
/// DynamoDB: the changes of an item in order. One whose keys are missing or cannot be read runs alone.
///
/// Kafka: the records of a partition in order.
template <class Record>
OrderingKeys ordering_keys_of(const Event<Record>& event, Ordering ordering);

#define BATCHPROOF_DECLARE(Record) \
  template <>                      \
  BATCHPROOF_EXPORT OrderingKeys ordering_keys_of(const Event<Record>& event, Ordering ordering);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_DECLARE)
#undef BATCHPROOF_DECLARE

/// Kafka with `order_by_key`: the records of a key within a partition in order, and those without a key. One
/// whose key cannot be read runs alone.
BATCHPROOF_EXPORT OrderingKeys ordering_keys_within_partitions(const Event<KafkaRecord>& event);

/// The ordering keys that the options of a run ask for.
template <class Record, class Options>
OrderingKeys ordering_keys_for(const Event<Record>& event, const Options& options) {
  if constexpr (std::is_same_v<Record, KafkaRecord>) {
    if (options.order_by_key) return ordering_keys_within_partitions(event);
  }
  return ordering_keys_of(event, options.ordering);
}

}  // namespace batchproof::inline v0_1::detail
