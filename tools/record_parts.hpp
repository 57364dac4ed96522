#pragma once

// The parts of a record that the command shows and looks into, for each source.

#include <batchproof/batch.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// The body of a message, the data of a Kinesis record, the new image of a DynamoDB record or the value of a
/// Kafka record, which may be missing. Throws `RecordError` where it cannot be read; lives as long as the
/// event.
inline std::string_view payload_of(const SqsRecord& record) { return record.body(); }
inline std::string_view payload_of(const KinesisStreamRecord& record) { return record.data(); }
inline OptionalAttributeMap payload_of(const DynamoDbRecord& record) { return record.new_image(); }
inline std::optional<std::string_view> payload_of(const KafkaRecord& record) { return record.value(); }

/// The message group, the partition key, the key, or the item's keys such as "id=o-1"; empty where there is
/// none. Throws `RecordError` where it cannot be read.
inline std::string group_of(const SqsRecord& record) {
  return std::string(record.message_group_id().value_or(""));
}
inline std::string group_of(const KinesisStreamRecord& record) { return std::string(record.partition_key()); }
std::string group_of(const DynamoDbRecord& record);
inline std::string group_of(const KafkaRecord& record) { return std::string(record.key().value_or("")); }

}  // namespace batchproof::tools
