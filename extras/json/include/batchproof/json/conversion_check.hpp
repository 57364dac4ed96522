#pragma once

// Finds payloads that nlohmann's conversions change: its conversions to numbers are casts.

#include <batchproof/attribute_value.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/json/payload_value.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// Converts the current state of a tree to a type of the user's.
class TrialConversion {
 public:
  /// Writes the converted value as JSON; false if the conversion throws.
  virtual bool convert(nlohmann::json& result) = 0;

  /// Keeps the last result, which is that of the payload itself.
  virtual void keep() = 0;

 protected:
  ~TrialConversion() = default;
};

/// Throws `PayloadError` when a conversion changes a value of the payload, or when the payload is nested too
/// deep. `has_rounded_whole` says whether the payload has a number that is not whole as it is written,
/// although the nearest double is. The tree is changed temporarily; at the end it is as before, except that
/// binary values have the form that the type reads: bytes, an array of numbers, or a string.
BATCHPROOF_EXPORT void check_conversion(std::string_view payload, nlohmann::json& tree,
                                        CallbackRef<bool&> has_rounded_whole, TrialConversion& conversion);

/// Throws `PayloadError` when the payload is nested too deep.
BATCHPROOF_EXPORT void check_depth(std::string_view payload, const nlohmann::json& tree);

BATCHPROOF_EXPORT nlohmann::json parse_json(std::string_view text);

BATCHPROOF_EXPORT bool has_rounded_whole(std::string_view text);
BATCHPROOF_EXPORT bool has_rounded_whole(const AttributeMap& item);

}  // namespace batchproof::inline v0_1::detail
