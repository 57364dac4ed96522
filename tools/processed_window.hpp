#pragma once

#include <batchproof/fixtures/source.hpp>
#include <string_view>

#include "processed_event.hpp"

namespace batchproof::tools {

/// Processes the event of a window of this source by `process_window`: the sequence number of each record
/// that the handler accepts is folded into the list `folded` of the state. Throws as `process_event`.
ProcessedEvent process_window_event(fixtures::Source source, std::string_view payload,
                                    const ProcessingOptions& options);

}  // namespace batchproof::tools
