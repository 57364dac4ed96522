#pragma once

#include <batchproof/properties/observation.hpp>
#include <optional>
#include <string>

namespace batchproof::properties {

/// How a second run on the same input went otherwise, as the end of a sentence; nothing when it did not. What
/// was thrown counts, and not the words of it.
std::optional<std::string> run_difference(const Observation& first, const Observation& second);

}  // namespace batchproof::properties
