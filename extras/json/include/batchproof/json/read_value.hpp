#pragma once

// Reads a value of a payload as a type: strictly, without a conversion that could change it.

#include <array>
#include <batchproof/detail/export.hpp>
#include <batchproof/handler_result.hpp>
#include <batchproof/json/described.hpp>
#include <batchproof/json/payload_value.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {
namespace detail {

/// The value as a whole number; 2.0 and 2e0 are 2. Throws `PayloadError` for any other value.
BATCHPROOF_EXPORT std::int64_t read_signed(PayloadValue& value, std::int64_t lowest, std::int64_t highest);
BATCHPROOF_EXPORT std::uint64_t read_unsigned(PayloadValue& value, std::uint64_t highest);

/// The nearest finite number. Throws `PayloadError` when there is none.
BATCHPROOF_EXPORT void read_floating(PayloadValue& value, float& number);
BATCHPROOF_EXPORT void read_floating(PayloadValue& value, double& number);
BATCHPROOF_EXPORT void read_floating(PayloadValue& value, long double& number);

BATCHPROOF_EXPORT bool read_boolean(PayloadValue& value);

/// A string, or the bytes of a binary value.
BATCHPROOF_EXPORT std::string_view read_text(PayloadValue& value);

/// Throws `PayloadError` for a value of another kind.
BATCHPROOF_EXPORT void expect_kind(const PayloadValue& value, PayloadValue::Kind kind,
                                   std::string_view expected);

/// Reads an integer that is the name of a member, as in a map with integers as keys.
BATCHPROOF_EXPORT std::int64_t read_signed_key(const PayloadPath& path, std::int64_t lowest,
                                               std::int64_t highest);
BATCHPROOF_EXPORT std::uint64_t read_unsigned_key(const PayloadPath& path, std::uint64_t highest);

BATCHPROOF_EXPORT [[noreturn]] void fail_length(const PayloadValue& value, std::size_t expected,
                                                bool too_long);
BATCHPROOF_EXPORT [[noreturn]] void fail_reading(const PayloadValue& value, const std::exception& error);

template <class Value>
concept HasFromPayload = requires(PayloadValue& value, Value& target) {
  from_payload(value, target);
};

template <class Value>
concept WholeNumber = std::integral<Value> && !std::same_as<Value, bool> && !std::same_as<Value, char> &&
                      !std::same_as<Value, wchar_t> && !std::same_as<Value, char8_t> &&
                      !std::same_as<Value, char16_t> && !std::same_as<Value, char32_t>;

template <class Value>
concept Scalar = std::same_as<Value, bool> || WholeNumber<Value> || std::floating_point<Value> ||
    std::same_as<Value, std::string>;

template <class Value>
inline constexpr bool is_optional_v = false;
template <class Value>
inline constexpr bool is_optional_v<std::optional<Value>> = true;

template <class Value>
concept MapLike = requires(Value& map, typename Value::key_type key, typename Value::mapped_type value) {
  map.emplace(std::move(key), std::move(value));
};

template <class Value>
concept SequenceLike = requires(Value& list, typename Value::value_type element) {
  list.push_back(std::move(element));
  list.clear();
};

template <class Value>
concept SetLike = requires(Value& set, typename Value::key_type element) {
  set.insert(std::move(element));
  set.clear();
};

template <class Value>
constexpr bool is_readable();

template <class Tuple, std::size_t... indexes>
constexpr bool elements_are_readable(std::index_sequence<indexes...>) {
  return (is_readable<std::tuple_element_t<indexes, Tuple>>() && ...);
}

/// Whether a payload can be read as this type without nlohmann/json. The members of a described type are
/// checked only when it is read.
template <class Value>
constexpr bool is_readable() {
  if constexpr (HasFromPayload<Value> || Scalar<Value> || Described<Value> || DescribedEnum<Value>) {
    return true;
  } else if constexpr (is_optional_v<Value>) {
    return is_readable<typename Value::value_type>();
  } else if constexpr (TupleLike<Value>) {
    return elements_are_readable<Value>(std::make_index_sequence<std::tuple_size_v<Value>>());
  } else if constexpr (MapLike<Value>) {
    return (std::same_as<typename Value::key_type, std::string> ||
            WholeNumber<typename Value::key_type>)&&  //
        is_readable<typename Value::mapped_type>();
  } else if constexpr (SequenceLike<Value> || SetLike<Value>) {
    return !std::same_as<typename Value::value_type, Value> && is_readable<typename Value::value_type>();
  } else {
    return false;
  }
}

template <class Value>
void read_value(PayloadValue& value, Value& target);

template <class Value>
void call_from_payload(PayloadValue& value, Value& target) {
  try {
    from_payload(value, target);
  } catch (const std::bad_alloc&) {
    throw;  // the exception says nothing about the payload
  } catch (const std::exception& error) {
    fail_reading(value, error);
  }
}

template <class Value>
void read_number(PayloadValue& value, Value& target) {
  using Limits = std::numeric_limits<Value>;
  static_assert(sizeof(Value) <= sizeof(std::int64_t), "batchproof: integers of up to 64 bits can be read");
  if constexpr (std::signed_integral<Value>) {
    target = static_cast<Value>(read_signed(value, Limits::min(), Limits::max()));
  } else {
    target = static_cast<Value>(read_unsigned(value, Limits::max()));
  }
}

template <class Key>
Key read_key(const PayloadPath& path) {
  using Limits = std::numeric_limits<Key>;
  if constexpr (std::same_as<Key, std::string>) {
    return std::string(path.name);
  } else if constexpr (std::signed_integral<Key>) {
    return static_cast<Key>(read_signed_key(path, Limits::min(), Limits::max()));
  } else {
    return static_cast<Key>(read_unsigned_key(path, Limits::max()));
  }
}

template <class Map>
void read_map(PayloadValue& value, Map& target) {
  expect_kind(value, PayloadValue::Kind::object, "an object");
  target.clear();
  value.for_each_member([](std::string_view, bool& wanted) { wanted = true; },
                        [&](PayloadValue& member) {
                          auto key = read_key<typename Map::key_type>(member.path());
                          typename Map::mapped_type mapped{};
                          read_value(member, mapped);
                          if (!target.emplace(std::move(key), std::move(mapped)).second)
                            member.fail("comes twice");
                        });
}

template <class List>
void read_list(PayloadValue& value, List& target) {
  using Element = typename List::value_type;
  if constexpr (std::same_as<List, std::vector<std::uint8_t>>) {
    if (value.kind() == PayloadValue::Kind::binary) {
      const std::string_view bytes = value.text();
      target.assign(bytes.begin(), bytes.end());
      return;
    }
  }
  expect_kind(value, PayloadValue::Kind::array, "an array");
  target.clear();
  value.for_each_element([&](PayloadValue& element_value) {
    Element element{};
    read_value(element_value, element);
    if constexpr (SequenceLike<List>) {
      target.push_back(std::move(element));
    } else {
      target.insert(std::move(element));
    }
  });
}

template <class Tuple, std::size_t... indexes>
void read_tuple(PayloadValue& value, Tuple& target, std::index_sequence<indexes...>) {
  expect_kind(value, PayloadValue::Kind::array, "an array");
  std::size_t next = 0;
  value.for_each_element([&](PayloadValue& element) {
    if (next == sizeof...(indexes)) fail_length(value, sizeof...(indexes), true);
    const std::size_t index = next++;
    ((index == indexes ? read_value(element, std::get<indexes>(target)) : void()), ...);
  });
  if (next < sizeof...(indexes)) fail_length(value, sizeof...(indexes), false);
}

template <class Value>
void read_value(PayloadValue& value, Value& target) {
  if constexpr (HasFromPayload<Value>) {
    call_from_payload(value, target);
  } else if constexpr (std::same_as<Value, bool>) {
    target = read_boolean(value);
  } else if constexpr (WholeNumber<Value>) {
    read_number(value, target);
  } else if constexpr (std::floating_point<Value>) {
    read_floating(value, target);
  } else if constexpr (std::same_as<Value, std::string>) {
    target = read_text(value);
  } else if constexpr (is_optional_v<Value>) {
    target.reset();
    if (value.kind() != PayloadValue::Kind::null) read_value(value, target.emplace());
  } else if constexpr (DescribedEnum<Value>) {
    target = read_enumerator<Value>(value);
  } else if constexpr (Described<Value>) {
    read_fields(value, fields_of<Value>, &target);
  } else if constexpr (TupleLike<Value>) {
    read_tuple(value, target, std::make_index_sequence<std::tuple_size_v<Value>>());
  } else if constexpr (MapLike<Value>) {
    read_map(value, target);
  } else if constexpr (SequenceLike<Value> || SetLike<Value>) {
    read_list(value, target);
  } else {
    static_assert(
        !sizeof(Value*),
        "batchproof: a member has a type that cannot be read: describe it by BOOST_DESCRIBE_STRUCT or "
        "BOOST_DESCRIBE_ENUM, or give it a function from_payload(bp::PayloadValue&, Type&)");
  }
}

}  // namespace detail

template <class Value>
Value PayloadValue::as() {
  Value target{};
  detail::read_value(*this, target);
  return target;
}

}  // namespace batchproof::inline v0_1
