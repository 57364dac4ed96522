#pragma once

// The values of a result, and the numbers that a cast makes of others:
//
//     const ResultValues before(result);
//     some_cast(*node, moved, [&](long double cast, auto...) { return before.count_numbers(cast) > 0; });

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

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
  if (std::trunc(value) != value || !(value >= -0x1p63 && value < 0x1p64)) return std::nullopt;
  if (value >= 0x1p63) return nlohmann::json(static_cast<std::uint64_t>(value));
  return nlohmann::json(static_cast<std::int64_t>(value));
}

/// A double that any type can hold: `trial`, or for 0 the whole part of the number if that is small enough.
inline nlohmann::json replacement(const nlohmann::json& fraction, double trial) {
  const double value = std::abs(fraction.get<double>());
  return trial == 0 && value < 0x1p31 ? std::trunc(value) : std::max(trial, 1.0);
}

/// The bits of an integer, as casts copy them.
inline std::uint64_t bits_of(const nlohmann::json& number) {
  return number.is_number_unsigned() ? number.get<std::uint64_t>()
                                     : static_cast<std::uint64_t>(number.get<std::int64_t>());
}

/// Whether `holds(cast, cast_of_moved, bits)` is true for an integer type of so many bits: the casts that it
/// makes of `value` and of `moved`, which stands in the place of it. A type that one of both fits is left
/// out, since it changes nothing. A cast makes 1 of `true`, and of the integer that stands in its place that
/// integer.
template <class Holds>
bool some_cast(const nlohmann::json& value, const nlohmann::json& moved, Holds&& holds) {
  if (value.is_boolean()) return holds(number_of(value), number_of(moved), 0U);
  const auto holds_changed = [&](auto type) {
    using Type = decltype(type);
    const auto cast = static_cast<long double>(static_cast<Type>(bits_of(value)));
    const auto cast_of_moved = static_cast<long double>(static_cast<Type>(bits_of(moved)));
    return cast != number_of(value) && cast_of_moved != number_of(moved) &&
           holds(cast, cast_of_moved, 8 * sizeof type);
  };
  return holds_changed(std::int8_t{}) || holds_changed(std::uint8_t{}) || holds_changed(std::int16_t{}) ||
         holds_changed(std::uint16_t{}) || holds_changed(std::int32_t{}) || holds_changed(std::uint32_t{}) ||
         holds_changed(std::int64_t{}) || holds_changed(std::uint64_t{});
}

/// A number that a cast to an integer type of so many bits makes the same of as of this one.
inline nlohmann::json with_bit_behind(const nlohmann::json& number, std::size_t bits) {
  const std::uint64_t changed = bits_of(number) ^ (std::uint64_t{1} << bits);
  if (number.is_number_unsigned()) return changed;
  return static_cast<std::int64_t>(changed);
}

/// A number so many steps further away from the range of each type that cannot hold this one. In the place of
/// a boolean stands a number, which nlohmann's conversion to bool refuses, and a cast takes.
inline nlohmann::json further(const nlohmann::json& value, unsigned steps) {
  if (value.is_boolean()) return nlohmann::json(std::uint64_t{steps} + 1);
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    return number > std::numeric_limits<std::uint64_t>::max() - steps ? number - steps : number + steps;
  }
  const auto number = value.get<std::int64_t>();
  if (number >= 0) return nlohmann::json(static_cast<std::uint64_t>(number) + steps);
  return number < std::numeric_limits<std::int64_t>::min() + static_cast<std::int64_t>(steps)
             ? number + static_cast<std::int64_t>(steps)
             : number - static_cast<std::int64_t>(steps);
}

/// Whether the result's value is the payload's; the nearest floating-point number of an integer counts.
inline bool is_value_of(const nlohmann::json& result, const nlohmann::json& payload) {
  if (!result.is_number() || !payload.is_number()) return result == payload;
  const long double number = number_of(payload);
  const long double read = number_of(result);
  return read == number ||
         (result.is_number_float() && (read == static_cast<long double>(static_cast<double>(number)) ||
                                       read == static_cast<long double>(static_cast<float>(number))));
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

/// The numbers and booleans of a result, in any order, since sets and maps reorder them.
class ResultValues {
 public:
  explicit ResultValues(const nlohmann::json& result) { add(result); }

  /// Removes a value of the result.
  void remove(const nlohmann::json& value) {
    if (value.is_boolean()) {
      --booleans_[number_of(value)];
    } else {
      --(value.is_number_float() ? fractions_ : integers_)[number_of(value)];
    }
  }

  std::size_t count_booleans(bool value) const { return count(booleans_, value ? 1 : 0); }
  std::size_t count_integers(long double number) const { return count(integers_, number); }
  std::size_t count_numbers(long double number) const {
    return count(integers_, number) + count(fractions_, number);
  }
  std::size_t count_infinite() const {
    constexpr auto infinite = std::numeric_limits<long double>::infinity();
    return count_numbers(infinite) + count_numbers(-infinite);
  }

 private:
  using Counts = std::map<long double, std::size_t>;

  static std::size_t count(const Counts& counts, long double number) {
    const auto found = counts.find(number);
    return found == counts.end() ? 0 : found->second;
  }

  void add(const nlohmann::json& result) {
    if (result.is_structured()) {
      for (const auto& child : result) add(child);
    } else if (result.is_boolean()) {
      ++booleans_[number_of(result)];
    } else if (result.is_number()) {
      if (const long double number = number_of(result); !std::isnan(number))
        ++(result.is_number_float() ? fractions_ : integers_)[number];
    }
  }

  Counts booleans_;
  Counts integers_;
  Counts fractions_;
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
