#pragma once

#include <batchproof/properties/observation.hpp>
#include <string>

namespace batchproof::properties {

/// What a run answered, for people to read: the response, what was thrown, or how it ended the process.
std::string answer_text(const Observation& observation);

}  // namespace batchproof::properties
