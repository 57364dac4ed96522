#pragma once

// Finds payloads that nlohmann's conversions change, as its conversions to numbers are casts; and the place
// of a value that they do not read.

#include <batchproof/attribute_value.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/json/payload_value.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::detail {

/// Converts the current state of a tree to a type of the user's.
class TrialConversion {
 public:
  /// Writes the converted value as JSON; false if the conversion throws.
  virtual bool convert(nlohmann::json& result) = 0;

  /// What the last conversion threw.
  const std::string& error() const noexcept { return error_; }

  /// Keeps the last result, which is that of the payload itself.
  virtual void keep() = 0;

 protected:
  ~TrialConversion() = default;

  std::string error_{};
};

/// Throws `PayloadError` when a conversion changes a value of the payload, or when the payload is nested too
/// deep. `rounded_wholes` gives the doubles that are whole, although a number of the payload that is nearest
/// to them is not, or is another one. The tree is changed temporarily; at the end it is as before, except
/// that binary values have the form that the type reads: bytes, an array of numbers, or a string.
BATCHPROOF_EXPORT void check_conversion(std::string_view payload, nlohmann::json& tree,
                                        CallbackRef<std::vector<double>&> rounded_wholes,
                                        TrialConversion& conversion);

/// To be called with the text of nlohmann's exception that the conversion threw. Throws `PayloadError` with
/// the place of the value that is not of the expected kind, or of the member that is missing; returns when it
/// finds none, or several that may be meant. The tree is changed temporarily; at the end it is as before.
BATCHPROOF_EXPORT void name_misfit(std::string_view payload, nlohmann::json& tree, std::string_view thrown,
                                   TrialConversion& conversion);

/// Throws `PayloadError` when the payload is nested too deep.
BATCHPROOF_EXPORT void check_depth(std::string_view payload, const nlohmann::json& tree);

/// Throws `PayloadError` for a text with a null byte, and nlohmann's error for another that is not JSON.
BATCHPROOF_EXPORT nlohmann::json parse_json(std::string_view payload, std::string_view text);

/// What `check_conversion` asks for.
BATCHPROOF_EXPORT void add_rounded_wholes(std::string_view text, std::vector<double>& wholes);
BATCHPROOF_EXPORT void add_rounded_wholes(const AttributeMap& item, std::vector<double>& wholes);

}  // namespace batchproof::inline v0_1::detail
