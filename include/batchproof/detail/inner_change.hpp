#pragma once

// A change of a DynamoDB item that stands in another record. Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <batchproof/dynamodb_record.hpp>
#include <cstddef>
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

/// Reads a change as DynamoDB writes it to a Kinesis data stream. It has no sequence number: the identifier
/// and the index are those of the record that holds it. Throws `EventError` for anything else, with a place
/// in the JSON.
BATCHPROOF_EXPORT InnerChange read_change(std::string_view json, std::string_view item_identifier,
                                          std::size_t record_index);

}  // namespace batchproof::inline v0_1::detail
