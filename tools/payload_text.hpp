#pragma once

#include <batchproof/fixtures/record_types.hpp>
#include <string_view>

namespace batchproof::tools {

/// True when the text occurs in the body of a message, in the decoded data of a Kinesis record, or in a name
/// or value of a DynamoDB record's keys or new image. Throws `RecordError` for an unreadable payload.
template <fixtures::AnyRecord Record>
bool payload_contains(const Record& record, std::string_view text);

}  // namespace batchproof::tools
