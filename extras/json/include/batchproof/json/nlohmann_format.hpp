#pragma once

// Payloads as types with nlohmann's `from_json`.

#include <batchproof/json/attribute_json.hpp>
#include <batchproof/json/conversion_check.hpp>
#include <batchproof/json/read_payload.hpp>
#include <batchproof/json/value_as_json.hpp>
#include <exception>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace batchproof::inline v0_1 {
namespace detail {

/// There is a `from_json` for the type, or an `adl_serializer`.
template <class Payload>
concept ReadByNlohmann = requires(const nlohmann::json& tree) {
  tree.get<Payload>();
};

template <class Payload>
class TrialConversionTo final : public TrialConversion {
 public:
  explicit TrialConversionTo(const nlohmann::json& tree) : tree_(tree) {}

  bool convert(nlohmann::json& result) override {
    try {
      last_.emplace(tree_.get<Payload>());
      result = value_as_json(*last_);
      return true;
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {  // the payload itself is converted at the end, and may throw then
      error_ = error.what();
      return false;
    } catch (...) {
      error_.clear();
      return false;
    }
  }

  void keep() override {
    if (last_) kept_.emplace(std::move(*last_));  // not by assignment, since a member may be const
  }

  /// Converts the payload; throws what `from_json` does.
  Payload result() { return kept_ ? *std::move(kept_) : tree_.get<Payload>(); }

 private:
  const nlohmann::json& tree_;
  std::optional<Payload> last_;
  std::optional<Payload> kept_;
};

template <class Payload, class Source>
Payload convert_checked(std::string_view payload, nlohmann::json tree, const Source& source) {
  if constexpr (std::is_same_v<Payload, nlohmann::json>) {
    check_depth(payload, tree);
    return tree;
  } else {
    TrialConversionTo<Payload> conversion(tree);
    check_conversion(
        payload, tree, [&](std::vector<double>& wholes) { add_rounded_wholes(source, wholes); }, conversion);
    try {
      return conversion.result();
    } catch (const nlohmann::json::exception& error) {
      name_misfit(payload, tree, error.what(), conversion);
      throw;
    }
  }
}

}  // namespace detail

/// Reads types with nlohmann's `from_json`, written by a macro of nlohmann's or by hand. nlohmann's own
/// conversions to numbers are casts; a payload that one of them would change is an error. To detect that, a
/// payload may be converted more than once, also with changed values.
template <class Payload>
requires(!detail::is_readable<Payload>() && detail::ReadByNlohmann<Payload>)  //
    struct PayloadFormat<Payload> {
  static_assert(
      !std::is_same_v<Payload, std::string_view>,
      "batchproof: a payload that is a text is read as a std::string: a std::string_view would refer to a "
      "text that is gone");

  static Payload read(std::string_view payload, std::string_view text) {
    return detail::convert_checked<Payload>(payload, detail::parse_json(payload, text), text);
  }

  static Payload read(std::string_view payload, const AttributeMap& item) {
    return detail::convert_checked<Payload>(payload, to_json(item), item);
  }
};

}  // namespace batchproof::inline v0_1
