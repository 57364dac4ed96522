#pragma once

#include <batchproof/batch.hpp>
#include <string_view>
#include <variant>

namespace batchproof::tools {

using AnyEvent = std::variant<Event<SqsRecord>, Event<KinesisStreamRecord>, Event<DynamoDbRecord>>;

/// Decodes an event by the source of its first record. One without records comes back as an event of SQS.
/// Throws `EventError` as `decode` does, and for a source that is none of the three.
AnyEvent decode_any(std::string_view payload);

}  // namespace batchproof::tools
