#pragma once

// What `idempotent` takes of a record when the options name no key and no payload. Not part of the public
// interface.

#include <batchproof/batch.hpp>
#include <batchproof/detail/export.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// A text that each delivery of a record has, and no other record of any queue, stream or cluster.
///
/// The id of a message differs in all queues (Amazon SQS developer guide, "Queue and message identifiers").
/// An event id of a stream is joined to the stream's ARN, since that of Kinesis is a shard and a number,
/// which two streams may share. Kafka's partition and offset are joined to the cluster, and to the record's
/// time, since a topic that is made anew begins at offset 0 again. Of a field that cannot be read, it has
/// nothing.
inline std::string_view default_key(const SqsRecord& record) { return record.message_id(); }
BATCHPROOF_EXPORT std::string default_key(const KinesisStreamRecord& record);
BATCHPROOF_EXPORT std::string default_key(const DynamoDbRecord& record);
BATCHPROOF_EXPORT std::string default_key(const KafkaRecord& record);

/// The text to hash; nothing for a type of record that has none. Throws `RecordError` when it cannot be read.
template <class Record>
std::optional<std::string_view> default_payload(const Record& record) {
  if constexpr (HasPayloadField<Record>) {
    const std::optional<std::string_view> text = PayloadField<Record>::text(record);
    return text.value_or(std::string_view());
  } else {
    return std::nullopt;
  }
}

/// The key and the value, told from those that are absent: a tombstone is not a record with an empty value.
BATCHPROOF_EXPORT std::string default_payload(const KafkaRecord& record);

}  // namespace batchproof::inline v0_1::detail
