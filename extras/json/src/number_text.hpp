#pragma once

#include <string_view>

namespace batchproof::inline v0_1::detail {

enum class NumberFault {
  none,
  not_a_number,  ///< not written as JSON and DynamoDB write numbers
  not_whole,     ///< an integer was expected
  out_of_range,
};

/// Reads the text of a number. Integers are exact: 2.0 and 2e0 are 2, and 2.5 is `not_whole`. Floating-point
/// numbers are the nearest finite ones. Defined for std::int64_t, std::uint64_t, float, double, long double.
template <class Number>
NumberFault read_number_text(std::string_view text, Number& number) noexcept;

/// Whether the nearest double is a whole number, and the number as it is written is not, or is another one.
bool rounds_to_whole(std::string_view text) noexcept;

/// Whether the text is written like a number.
bool is_number_text(std::string_view text) noexcept;

}  // namespace batchproof::inline v0_1::detail
