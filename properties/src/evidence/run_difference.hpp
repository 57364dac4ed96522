#pragma once

#include <batchproof/properties/evidence.hpp>
#include <optional>
#include <string>

namespace batchproof::properties {

/// How a second run on the same batch went otherwise, as the end of a sentence; nothing when it did not. What
/// the service makes of the answers counts, and not the bytes of a response or the words of an error. On a
/// standard queue the order of the calls does not count either.
std::optional<std::string> run_difference(const Evidence& first, const Evidence& second);

}  // namespace batchproof::properties
