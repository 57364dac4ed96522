#pragma once

// Writes a value that was read from a payload as JSON, to compare it with the payload.

#include <batchproof/json/members_of.hpp>
#include <boost/pfr/core.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace batchproof::inline v0_1::detail {

template <class Value>
concept HasToJson = std::is_constructible_v<nlohmann::json, const Value&>;

template <class Value>
concept PointerLike = requires(const Value& value) {
  *value;
  static_cast<bool>(value);
};

template <class Value>
concept Range = requires(const Value& value) {
  value.begin() != value.end();
  *value.begin();
};

template <class Value>
concept TupleValue = requires {
  std::tuple_size<Value>::value;
};

template <class Value>
inline constexpr bool is_variant_v = false;
template <class... Values>
inline constexpr bool is_variant_v<std::variant<Values...>> = true;

/// The value as nlohmann's `to_json` writes it; without a `to_json`, an array of its members. Only its
/// numbers and texts, and where they stand, matter.
template <class Value>
nlohmann::json value_as_json(const Value& value) {
  auto parts = nlohmann::json::array();
  const auto add = [&](const auto& part) { parts.push_back(value_as_json(part)); };
  if constexpr (HasToJson<Value>) {
    return nlohmann::json(value);
  } else if constexpr (PointerLike<Value>) {
    if (value) add(*value);
  } else if constexpr (Range<Value>) {
    for (const auto& element : value) add(element);
  } else if constexpr (TupleValue<Value>) {
    std::apply([&](const auto&... elements) { (add(elements), ...); }, value);
  } else if constexpr (is_variant_v<Value>) {
    std::visit(add, value);
  } else if constexpr (std::is_empty_v<Value>) {
  } else if constexpr (has_known_members_v<Value>) {
    boost::pfr::for_each_field(value, add);
  } else {
    static_assert(
        !sizeof(Value*),
        "batchproof: a number of this type could change unseen while from_json reads it: give the type a "
        "to_json too, as NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE does, or describe it by "
        "BOOST_DESCRIBE_STRUCT");
  }
  return parts;
}

}  // namespace batchproof::inline v0_1::detail
