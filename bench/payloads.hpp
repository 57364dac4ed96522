#pragma once

#include <cstddef>
#include <string>

namespace batchproof::bench {

enum class Source { sqs, fifo, kinesis, dynamodb };

const char* name(Source source);

/// An event of about 800 bytes a record, the same at every call. FIFO events have ten messages in each
/// message group.
std::string payload(Source source, std::size_t records);

/// One record in twenty fails where failures are asked for: 5%. Its place in its twenty moves on by seven, so
/// that a message group's first message fails as often as its last.
constexpr bool fails(std::size_t record_index) { return record_index % 20 == record_index / 20 * 7 % 20; }

}  // namespace batchproof::bench
