#pragma once

// A change of a DynamoDB item that stands in another record. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/dynamodb_record.hpp>
#include <batchproof/kinesis_stream_record.hpp>
#include <memory>
#include <optional>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// The record lives as long as both the storage and the JSON that it was read from.
struct InnerChange {
  std::shared_ptr<const void> storage;
  DynamoDbRecord record;
  std::optional<std::string_view> table_name;
};

/// Reads the data of a record as a change that DynamoDB wrote to a Kinesis data stream. It has no sequence
/// number: the item identifier, the sequence number and the index are the record's. Throws `EventError` for
/// anything else, with a place in the data.
BATCHPROOF_EXPORT InnerChange read_change(const KinesisStreamRecord& record);

}  // namespace batchproof::inline v0_1::detail
