#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::properties {

/// The difference between a response and the one that reports exactly these identifiers, as a sentence;
/// nothing when there is none. An identifier of Kafka is its compact JSON, as `item_identifier()` gives it.
std::optional<std::string> response_difference(std::string_view response,
                                               const std::vector<std::string>& item_identifiers);

}  // namespace batchproof::properties
