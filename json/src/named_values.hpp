#pragma once

#include <batchproof/json/payload_value.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::detail {

/// Whether every number, boolean and text of a result stands in the payload too, below a member of the same
/// name: then none was changed. A result may be right without that, where the type calls its members
/// otherwise.
bool holds_named_values_of(const nlohmann::json& payload, const PayloadPath& place,
                           const nlohmann::json& result);

}  // namespace batchproof::detail
