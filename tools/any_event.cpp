#include "any_event.hpp"

#include <optional>

namespace batchproof::tools {
namespace {

constexpr std::string_view first_source = "/Records/0/eventSource";

/// Nothing when the first record is another source's.
template <class Record>
std::optional<AnyEvent> try_decode(std::string_view payload) {
  try {
    return decode<Record>(payload);
  } catch (const EventError& error) {
    if (error.json_pointer() == first_source) return std::nullopt;
    throw;
  }
}

}  // namespace

AnyEvent decode_any(std::string_view payload) {
  if (auto event = try_decode<SqsRecord>(payload)) return std::move(*event);
  if (auto event = try_decode<KinesisStreamRecord>(payload)) return std::move(*event);
  if (auto event = try_decode<DynamoDbRecord>(payload)) return std::move(*event);
  throw EventError("none of \"aws:sqs\", \"aws:kinesis\" and \"aws:dynamodb\"", 0, std::string(first_source));
}

}  // namespace batchproof::tools
