#pragma once

#include <string>

#include "processed_event.hpp"

namespace batchproof::tools {

/// For people: the kind of event, its processor and handler, the result of each record, and the response.
std::string text_of(const ProcessedEvent& event, bool colour);

/// For programs: the same facts as one JSON object.
std::string json_of(const ProcessedEvent& event);

}  // namespace batchproof::tools
