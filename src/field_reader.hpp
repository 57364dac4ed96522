#pragma once

// Reads a field for the accessors of records: required or optional, as text, number or time.

#include <batchproof/detail/utf8.hpp>
#include <batchproof/errors.hpp>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "event_text.hpp"
#include "structural_index.hpp"

namespace batchproof::inline v0_1::detail {

[[noreturn]] inline void fail_field(const std::string& what_was_wrong, Place place) {
  throw RecordError(what_was_wrong, place.json_pointer());
}

inline std::optional<std::string_view> optional_string(const EventText& text, Slice slice, Place place) {
  if (text.absent(slice)) return std::nullopt;
  return text.string(slice, place);
}

/// Reads the whole text as one number.
template <class Number>
Number to_number(std::string_view digits, Place place) {
  if (digits.empty()) fail_field("missing", place);
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc::result_out_of_range) {
    fail_field("out of range: " + excerpt(digits, 60), place);
  }
  bool whole = error == std::errc() && end == digits.data() + digits.size();
  if constexpr (std::is_floating_point_v<Number>)
    whole = whole && std::isfinite(number);  // `from_chars` accepts "inf" and "nan" too
  if (!whole) {
    fail_field("not a number of this type: " + excerpt(digits, 60), place);
  }
  return number;
}

inline std::chrono::system_clock::time_point from_milliseconds(std::string_view digits, Place place) {
  const auto count = to_number<std::int64_t>(digits, place);
  constexpr auto limit =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::duration::max());
  if (count < 0 || count > limit.count())
    fail_field("out of the range of a time: " + std::string(digits), place);
  return std::chrono::system_clock::time_point(std::chrono::milliseconds(count));
}

/// A time since 1970 in a unit, given as a ratio of seconds, with a fraction or without; exact to the
/// microsecond.
template <class Unit>
std::chrono::system_clock::time_point from_unit(std::string_view digits, Place place) {
  const auto count = to_number<double>(digits, place);
  constexpr double units_a_second = static_cast<double>(Unit::den) / static_cast<double>(Unit::num);
  constexpr double limit = 9e9 * units_a_second;  // the year 2255, about as far as nanoseconds reach
  if (!(count >= 0 && count < limit)) fail_field("out of the range of a time: " + std::string(digits), place);
  constexpr double microseconds_a_unit = 1e6 / units_a_second;
  return std::chrono::system_clock::time_point(
      std::chrono::microseconds(std::llround(count * microseconds_a_unit)));
}

/// A time in seconds, as streams send it; a number that would be far in the future counts milliseconds or
/// microseconds. Those times begin in the year 2001, before DynamoDB existed.
inline std::chrono::system_clock::time_point from_unit_of_its_size(std::string_view digits, Place place) {
  const auto count = to_number<double>(digits, place);
  if (count >= 1e15) return from_unit<std::micro>(digits, place);
  if (count >= 1e12) return from_unit<std::milli>(digits, place);
  return from_unit<std::ratio<1>>(digits, place);
}

/// Walks a value that the event has; a fault in it is the record's failure.
template <class Walk>
void read_value(const EventText& text, Slice slice, Place place, Walk&& walk) {
  try {
    Cursor cursor = read_part(text, slice);
    walk(cursor);
  } catch (const Malformed& malformed) {
    fail_field(malformed.what(), place);
  }
}

/// The place in the whole payload of a value within `part`.
inline Slice within(Slice part, Slice value) noexcept { return {part.begin + value.begin, value.size}; }

/// Walks all entries of an object within the event.
template <class OnEntry>
void walk_entries(const EventText& text, Slice slice, Place place, OnEntry&& on_entry) {
  read_value(text, slice, place, [&](Cursor& cursor) {
    walk_entries(cursor, [&](Slice name) { on_entry(cursor, within(slice, name)); });
  });
}

/// The value of one entry of an object within the event; absent when no entry has that name.
inline Slice find_entry(const EventText& text, Slice object, Place place, std::string_view wanted) {
  Slice found;
  walk_entries(text, object, place, [&](Cursor& cursor, Slice name) {
    const Slice value = cursor.value();
    if (found.size == 0 && text.string(name, place) == wanted) found = within(object, value);
  });
  return found;
}

}  // namespace batchproof::inline v0_1::detail
