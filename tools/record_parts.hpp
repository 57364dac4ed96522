#pragma once

// The parts of a record that the command shows or searches, for each source.

#include <batchproof/batch.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::tools {

/// The body of a message, the data of a Kinesis record, the new image of a DynamoDB record or the value of a
/// Kafka record, which may be missing. Throws `RecordError` when it cannot be read; lives as long as the
/// event.
template <detail::HasPayloadField Record>
auto payload_of(const Record& record) {
  return detail::PayloadField<Record>::text(record);
}
inline OptionalAttributeMap payload_of(const DynamoDbRecord& record) { return record.new_image(); }

/// The message group, the partition key, the key, or the item's keys such as "id=o-1"; empty when there is
/// none. Throws `RecordError` when it cannot be read.
template <class Record>
std::string group_of(const Record& record) {
  std::optional<std::string_view> group;
  if constexpr (requires { record.message_group_id(); }) group = record.message_group_id();
  if constexpr (requires { record.partition_key(); }) group = record.partition_key();
  if constexpr (requires { record.key(); }) group = record.key();
  return std::string(group.value_or(""));
}
std::string group_of(const DynamoDbRecord& record);

/// An identifier of Kafka without the names in it: "orders-0:16".
std::string partition_and_offset(std::string_view kafka_identifier);

}  // namespace batchproof::tools
