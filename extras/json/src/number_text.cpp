// Reads the text of a number, a decimal fraction of any length, as the exact number of a type.

#include "number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>
#include <type_traits>

namespace batchproof::inline v0_1::detail {
namespace {

bool is_digit(char character) noexcept { return character >= '0' && character <= '9'; }

std::string_view take_digits(std::string_view& text) noexcept {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

/// The parts of a number: the value is whole.fraction times ten to the power of exponent.
struct Decimal {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;

  /// The digits in a row, without a point.
  std::size_t size() const noexcept { return whole.size() + fraction.size(); }
  char digit(std::size_t index) const noexcept {
    return index < whole.size() ? whole[index] : fraction[index - whole.size()];
  }

  /// The number of digits before the point after the exponent is applied; may be negative.
  std::int64_t digits_before_point() const noexcept {
    return static_cast<std::int64_t>(whole.size()) + exponent;
  }
};

bool take_exponent(std::string_view& text, std::int64_t& exponent) noexcept {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return true;
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string_view digits = take_digits(text);
  if (digits.empty()) return false;
  constexpr std::int64_t beyond_all = 1'000'000'000'000;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  if (error != std::errc() || exponent > beyond_all) exponent = beyond_all;
  if (negative) exponent = -exponent;
  return true;
}

bool read_decimal(std::string_view text, Decimal& decimal) noexcept {
  decimal.negative = text.starts_with('-');
  if (decimal.negative) text.remove_prefix(1);
  decimal.whole = take_digits(text);
  if (decimal.whole.empty() || (decimal.whole.size() > 1 && decimal.whole.front() == '0')) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    decimal.fraction = take_digits(text);
    if (decimal.fraction.empty()) return false;
  }
  return take_exponent(text, decimal.exponent) && text.empty();
}

/// The index of the first digit that is not 0, or the number of digits.
std::size_t first_digit(const Decimal& decimal) noexcept {
  std::size_t index = 0;
  while (index < decimal.size() && decimal.digit(index) == '0') ++index;
  return index;
}

template <class Integer>
NumberFault to_integer(const Decimal& decimal, Integer& number) noexcept {
  number = 0;
  const std::size_t first = first_digit(decimal);
  if (first == decimal.size()) return NumberFault::none;  // 0, -0, 0e5
  std::size_t behind_last = decimal.size();
  while (decimal.digit(behind_last - 1) == '0') --behind_last;
  const std::int64_t point = decimal.digits_before_point();
  if (point < static_cast<std::int64_t>(behind_last)) return NumberFault::not_whole;
  char digits[24];
  const auto size = static_cast<std::size_t>(point - static_cast<std::int64_t>(first));
  if (point - static_cast<std::int64_t>(first) > 20) return NumberFault::out_of_range;
  char* end = digits;
  if (decimal.negative) *end++ = '-';
  for (std::size_t index = first; index < first + size; ++index)
    *end++ = index < decimal.size() ? decimal.digit(index) : '0';
  const auto [stop, error] = std::from_chars(digits, end, number);
  return error == std::errc() && stop == end ? NumberFault::none : NumberFault::out_of_range;
}

template <class Floating>
NumberFault to_floating(std::string_view text, const Decimal& decimal, Floating& number) noexcept {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc()) return NumberFault::none;
  // It reports this also for numbers that are too small, whose nearest one is 0.
  const auto leading_zeros = static_cast<std::int64_t>(first_digit(decimal));
  if (decimal.digits_before_point() - leading_zeros > 0) return NumberFault::out_of_range;
  number = decimal.negative ? -Floating(0) : Floating(0);
  return NumberFault::none;
}

/// The fast path for nearly all integers: digits, and nothing else.
template <class Integer>
bool read_plain_integer(std::string_view text, Integer& number) noexcept {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  if (text.size() > sign + 1 && text[sign] == '0') return false;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && stop == text.data() + text.size();
}

}  // namespace

template <class Number>
NumberFault read_number_text(std::string_view text, Number& number) noexcept {
  if constexpr (std::is_integral_v<Number>) {
    if (read_plain_integer(text, number)) return NumberFault::none;
  }
  Decimal decimal;
  if (!read_decimal(text, decimal)) return NumberFault::not_a_number;
  if constexpr (std::is_integral_v<Number>) {
    return to_integer(decimal, number);
  } else {
    return to_floating(text, decimal, number);
  }
}

template NumberFault read_number_text(std::string_view, std::int64_t&) noexcept;
template NumberFault read_number_text(std::string_view, std::uint64_t&) noexcept;
template NumberFault read_number_text(std::string_view, float&) noexcept;
template NumberFault read_number_text(std::string_view, double&) noexcept;
template NumberFault read_number_text(std::string_view, long double&) noexcept;

bool rounds_to_whole(std::string_view text) noexcept {
  double nearest = 0;
  if (read_number_text(text, nearest) != NumberFault::none || std::trunc(nearest) != nearest) return false;
  std::int64_t whole = 0;
  const NumberFault fault = read_number_text(text, whole);
  if (fault == NumberFault::not_whole) return true;
  constexpr double beyond = 9223372036854775808.0;  // 2^63
  if (fault == NumberFault::none) return nearest >= beyond || static_cast<std::int64_t>(nearest) != whole;
  std::uint64_t large = 0;
  if (read_number_text(text, large) != NumberFault::none) return false;
  return nearest >= 2 * beyond || static_cast<std::uint64_t>(nearest) != large;
}

bool is_number_text(std::string_view text) noexcept {
  Decimal decimal;
  return read_decimal(text, decimal);
}

}  // namespace batchproof::inline v0_1::detail
