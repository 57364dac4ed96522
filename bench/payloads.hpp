#pragma once

#include <cstddef>
#include <string>

namespace batchproof::bench {

enum class Source { sqs, fifo, kinesis, dynamodb };

const char* name(Source source);

/// An event of about 800 bytes a record, the same at every call. FIFO events have ten messages in each
/// message group.
std::string payload(Source source, std::size_t records);

/// Every twentieth record fails where failures are asked for: 5%.
constexpr bool fails(std::size_t record_index) { return record_index % 20 == 10; }

}  // namespace batchproof::bench
