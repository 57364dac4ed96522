#pragma once

#include <batchproof/batch.hpp>
#include <string_view>

namespace batchproof::tools {

/// True when the text stands in the body of a message, in the decoded data of a Kinesis record, or in the
/// keys or the new image of a DynamoDB record, whose names and values are looked at. Throw `RecordError` for
/// a payload that cannot be read.
bool payload_contains(const SqsRecord& record, std::string_view text);
bool payload_contains(const KinesisStreamRecord& record, std::string_view text);
bool payload_contains(const DynamoDbRecord& record, std::string_view text);

}  // namespace batchproof::tools
