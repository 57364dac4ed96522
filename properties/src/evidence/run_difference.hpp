#pragma once

#include <batchproof/properties/evidence.hpp>
#include <optional>
#include <string>

namespace batchproof::properties {

/// How a second run on the same batch differed, as the end of a sentence; nothing when it did not. Compares
/// how the service reads the answers, not the bytes of a response or the words of an error. On a standard
/// queue the order of the calls is not compared either.
std::optional<std::string> run_difference(const Evidence& first, const Evidence& second);

}  // namespace batchproof::properties
