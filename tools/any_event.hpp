#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <optional>
#include <string_view>

namespace batchproof::tools {

using AnyEvent = fixtures::OfAnyRecord<Event>;

/// Decodes an event by the source of its first record. An event without records is returned as one of SQS.
/// Throws `EventError` as `decode` does, and for an unsupported source.
AnyEvent decode_any(std::string_view payload);

/// Whether the event is a list of records, as EventBridge Pipes passes it.
bool is_of_pipe(std::string_view payload);

/// The source of the event of a tumbling window, by its first record or, without records, by its ARN; nothing
/// for any other event.
std::optional<fixtures::Source> source_of_window(std::string_view payload);

}  // namespace batchproof::tools
