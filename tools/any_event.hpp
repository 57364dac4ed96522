#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <string_view>

namespace batchproof::tools {

using AnyEvent = fixtures::OfAnyRecord<Event>;

/// Decodes an event by the source of its first record. One without records comes back as an event of SQS.
/// Throws `EventError` as `decode` does, and for a source that is not supported.
AnyEvent decode_any(std::string_view payload);

/// Whether the event is a list of records, as EventBridge Pipes passes it.
bool is_of_pipe(std::string_view payload);

}  // namespace batchproof::tools
