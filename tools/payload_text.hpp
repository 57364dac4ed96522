#pragma once

#include <batchproof/fixtures/record_types.hpp>
#include <string_view>

namespace batchproof::tools {

/// True when the text stands in the body of a message, in the decoded data of a Kinesis record, or in the
/// keys or the new image of a DynamoDB record, whose names and values are searched. Throws `RecordError` for
/// a payload that cannot be read.
template <fixtures::AnyRecord Record>
bool payload_contains(const Record& record, std::string_view text);

}  // namespace batchproof::tools
