#pragma once

#include <batchproof/attribute_value.hpp>
#include <nlohmann/json.hpp>

namespace batchproof {

/// DynamoDB's typed JSON as plain JSON: `{"quantity": {"N": "2"}}` becomes `{"quantity": 2}`. Sets become
/// arrays, binary values become nlohmann binary. Integers of up to 64 bits are exact, other numbers become
/// the nearest double, as everywhere in nlohmann/json; `AttributeNumber::text` has all digits. Throws
/// `RecordError` for anything that is not an attribute value. The result owns its text.
nlohmann::json to_json(const AttributeValue& value);

/// A whole item or key, as above.
nlohmann::json to_json(const AttributeMap& map);

}  // namespace batchproof
