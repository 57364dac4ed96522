#pragma once

#include <batchproof/attribute_value.hpp>
#include <batchproof/detail/export.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::inline v0_1 {

/// DynamoDB's typed JSON as plain JSON: `{"quantity": {"N": "2"}}` becomes `{"quantity": 2}`. Sets become
/// arrays, binary values become nlohmann binary. Integers of up to 64 bits are exact, other numbers become
/// the nearest double, as everywhere in nlohmann/json; `AttributeNumber::text` has all digits. Throws
/// `RecordError` for anything that is not an attribute value. The result owns its text.
BATCHPROOF_EXPORT nlohmann::json to_json(const AttributeValue& value);

/// A whole item or key, as above.
BATCHPROOF_EXPORT nlohmann::json to_json(const AttributeMap& map);

}  // namespace batchproof::inline v0_1
