#pragma once

// The values of a result, and the numbers that a cast makes of others:
//
//     ResultValues values(result);
//     if (!values.take(*node)) missing.push_back(node);  // the result lacks it

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::inline v0_1::detail {

/// A number or boolean as a number; a long double holds all of 64 bits.
inline long double number_of(const nlohmann::json& leaf) {
  if (leaf.is_boolean()) return leaf.get<bool>() ? 1 : 0;
  if (leaf.is_number_unsigned()) return static_cast<long double>(leaf.get<std::uint64_t>());
  if (leaf.is_number_integer()) return static_cast<long double>(leaf.get<std::int64_t>());
  return static_cast<long double>(leaf.get<double>());
}

inline bool fits_every_type(const nlohmann::json& number) {
  const long double value = number_of(number);
  return value >= 0 && value <= 127;
}

/// The integer that a number like 2.0 or 2e0 is.
inline std::optional<nlohmann::json> whole_number(const nlohmann::json& fraction) {
  const double value = fraction.get<double>();
  if (std::trunc(value) != value || !(std::abs(value) < 0x1p63)) return std::nullopt;
  return nlohmann::json(static_cast<std::int64_t>(value));
}

/// A double that any type can hold: `trial`, or for 0 the whole part of the number if that is small enough.
inline nlohmann::json replacement(const nlohmann::json& fraction, double trial) {
  const double value = std::abs(fraction.get<double>());
  return trial == 0 && value < 0x1p31 ? std::trunc(value) : std::max(trial, 1.0);
}

/// Whether a cast of `from` to some integer type gives `to`, a different number.
inline bool is_cast_of(const nlohmann::json& from, long double to) {
  const long double number = number_of(from);
  if (from.is_boolean()) return to == number;
  const auto bits = from.is_number_unsigned() ? from.get<std::uint64_t>()
                                              : static_cast<std::uint64_t>(from.get<std::int64_t>());
  const auto is = [&](auto cast) { return static_cast<long double>(cast) == to && to != number; };
  return is(static_cast<std::int8_t>(bits)) || is(static_cast<std::uint8_t>(bits)) ||
         is(static_cast<std::int16_t>(bits)) || is(static_cast<std::uint16_t>(bits)) ||
         is(static_cast<std::int32_t>(bits)) || is(static_cast<std::uint32_t>(bits)) ||
         is(static_cast<std::int64_t>(bits)) || is(bits);
}

/// Whether all values of the result are in the same places of the payload: then nothing was changed. A
/// correct result may differ, when the type orders or names its parts otherwise.
inline bool is_part_of(const nlohmann::json& result, const nlohmann::json& payload) {
  if (result.is_object()) {
    if (!payload.is_object()) return false;
    for (auto member = result.begin(); member != result.end(); ++member) {
      const auto place = payload.find(member.key());
      if (place == payload.end() ? !member->is_null() : !is_part_of(*member, *place)) return false;
    }
    return true;
  }
  if (result.is_array()) {
    return payload.is_array() &&
           std::equal(result.begin(), result.end(), payload.begin(), payload.end(), is_part_of);
  }
  if (result.is_number() && payload.is_number()) return number_of(result) == number_of(payload);
  return result.is_boolean() == payload.is_boolean() && result == payload;
}

/// A value to replace a number or boolean by: no cast of it gives that value.
inline nlohmann::json other_value(const nlohmann::json& value, int attempt) {
  if (value.is_boolean()) return !value.get<bool>();
  constexpr std::array small{1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 101, 102, 103};
  for (const int other : small) {
    const bool usable = number_of(value) != other && !is_cast_of(value, other);
    if (usable && --attempt == 0) return other;
  }
  return 0;
}

/// The numbers and booleans of a result, in any order, since sets and maps reorder them.
class ResultValues {
 public:
  explicit ResultValues(const nlohmann::json& result) { add(result); }

  /// Removes one equal value; false when there is none.
  bool take(const nlohmann::json& value) {
    const long double number = number_of(value);
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const Value& other) {
      // The nearest float of an integer counts as equal.
      return (other.kind == Kind::boolean) == value.is_boolean() &&
             (other.number == number ||
              (other.kind == Kind::fraction &&
               other.number == static_cast<long double>(static_cast<float>(number))) ||
              (other.kind == Kind::fraction &&
               other.number == static_cast<long double>(static_cast<double>(number))));
    });
    if (found == values_.end()) return false;
    values_.erase(found);
    return true;
  }

  std::size_t count_integers(double number) const { return count(Kind::integer, number); }
  std::size_t count_numbers(const nlohmann::json& number) const {
    const long double wanted = number_of(number);
    return count(Kind::integer, wanted) + count(Kind::fraction, wanted);
  }
  std::size_t count_infinite() const {
    return static_cast<std::size_t>(std::count_if(
        values_.begin(), values_.end(), [](const Value& value) { return std::isinf(value.number); }));
  }
  bool holds_cast_of(const nlohmann::json& number) const {
    return std::any_of(values_.begin(), values_.end(), [&](const Value& value) {
      return value.kind != Kind::boolean && is_cast_of(number, value.number);
    });
  }

 private:
  enum class Kind { boolean, integer, fraction };
  struct Value {
    Kind kind;
    long double number;
  };

  std::size_t count(Kind kind, long double number) const {
    return static_cast<std::size_t>(std::count_if(values_.begin(), values_.end(), [&](const Value& value) {
      return value.kind == kind && value.number == number;
    }));
  }

  void add(const nlohmann::json& result) {
    if (result.is_structured()) {
      for (const auto& child : result) add(child);
    } else if (result.is_boolean()) {
      values_.push_back({Kind::boolean, number_of(result)});
    } else if (result.is_number()) {
      values_.push_back({result.is_number_float() ? Kind::fraction : Kind::integer, number_of(result)});
    }
  }

  std::vector<Value> values_;
};

/// The texts of a result.
class ResultTexts {
 public:
  explicit ResultTexts(const nlohmann::json& result) { add(result); }

  bool take(std::string_view text) {
    const auto found = std::find(texts_.begin(), texts_.end(), text);
    if (found == texts_.end()) return false;
    texts_.erase(found);
    return true;
  }

 private:
  void add(const nlohmann::json& result) {
    if (result.is_structured()) {
      for (const auto& child : result) add(child);
    } else if (result.is_string()) {
      texts_.push_back(result.get_ref<const std::string&>());
    }
  }

  std::vector<std::string_view> texts_;
};

/// A binary value in one of three forms: nlohmann's, an array of numbers, a string.
inline nlohmann::json in_binary_form(const nlohmann::json& binary, std::size_t form) {
  const auto& bytes = binary.get_binary();
  if (form == 0) return binary;
  if (form == 2) return std::string(bytes.begin(), bytes.end());
  auto numbers = nlohmann::json::array();
  for (const std::uint8_t byte : bytes) numbers.push_back(byte);
  return numbers;
}

}  // namespace batchproof::inline v0_1::detail
