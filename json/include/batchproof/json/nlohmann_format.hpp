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

namespace batchproof {
namespace detail {

template <class Payload>
class TrialConversionTo final : public TrialConversion {
 public:
  explicit TrialConversionTo(const nlohmann::json& tree) : tree_(tree) {}

  std::optional<nlohmann::json> convert() override {
    try {
      last_.emplace(tree_.get<Payload>());
      return value_as_json(*last_);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (...) {
      return std::nullopt;  // the payload itself is converted in the end, and may throw then
    }
  }

  void keep() override { kept_ = std::move(last_); }

  /// Converts the payload; throws what `from_json` does.
  Payload result() { return kept_ ? *std::move(kept_) : tree_.get<Payload>(); }

 private:
  const nlohmann::json& tree_;
  std::optional<Payload> last_;
  std::optional<Payload> kept_;
};

template <class Payload, class HasRounded>
Payload convert_checked(std::string_view payload, nlohmann::json tree, HasRounded&& has_rounded) {
  const PayloadPath place{payload};
  if constexpr (std::is_same_v<Payload, nlohmann::json>) {
    for_each_leaf(tree, place, [](auto*, auto*) {});
    return tree;
  } else {
    TrialConversionTo<Payload> conversion(tree);
    ConversionCheck check(tree, place, conversion);
    check.run(check.has_whole_fraction() && has_rounded());
    return conversion.result();
  }
}

}  // namespace detail

/// Reads types with nlohmann's `from_json`, by a macro of nlohmann's or by hand. Its own conversions to
/// numbers are casts; a payload that one of them would change does not fit. To find that, a payload may be
/// converted more than once, with changed values too.
template <class Payload>
requires(!detail::is_readable<Payload>())  //
    struct PayloadFormat<Payload> {
  static Payload read(std::string_view payload, std::string_view text) {
    return detail::convert_checked<Payload>(payload, nlohmann::json::parse(text),
                                            [&] { return detail::has_rounded_whole(text); });
  }

  static Payload read(std::string_view payload, const AttributeMap& item) {
    return detail::convert_checked<Payload>(payload, to_json(item),
                                            [&] { return detail::has_rounded_whole(item); });
  }
};

}  // namespace batchproof
