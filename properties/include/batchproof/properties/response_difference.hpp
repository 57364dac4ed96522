#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// How a response differs from the one that reports exactly these identifiers, as a sentence; nothing when it
/// does not.
std::optional<std::string> response_difference(std::string_view response,
                                               const std::vector<std::string>& item_identifiers);

}  // namespace batchproof::properties
