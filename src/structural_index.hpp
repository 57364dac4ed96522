#pragma once

// Reads JSON by simdjson's structural index: the position of every bracket, colon, comma, and of the first
// byte of every string, number and literal. While simdjson makes the index, it checks UTF-8 and that strings
// are closed. The walk in this file checks the grammar, also of values that nobody reads.
//
//     StructuralIndex index;
//     Cursor cursor = index.read(text);
//     walk_array(cursor, [&] { elements.push_back(cursor.value()); });

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "event_text.hpp"

namespace batchproof::inline v0_1::detail {

/// The text is not JSON, or not of the expected shape.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A place in the structure of a text. A plain value. No walk runs past the end of the text, where a byte
/// stands that the grammar does not allow; see `StructuralIndex::read`.
class Cursor {
 public:
  Cursor(const char* text, std::size_t size, const std::uint32_t* position, const std::uint32_t* end) noexcept
      : text_(text), size_(size), position_(position), end_(end) {}

  /// The first byte of the next value or punctuation.
  char peek() const noexcept { return text_[*position_]; }

  [[gnu::always_inline]] bool take(char expected) noexcept {
    if (peek() != expected) return false;
    ++position_;
    return true;
  }

  [[gnu::always_inline]] void expect(char expected) {
    if (!take(expected)) fail_expected(expected);
  }

  /// Steps over a key and its colon; returns the key with its quotes.
  [[gnu::always_inline]] Slice key() {
    if (peek() != '"') fail_expected('"');
    const Slice name = value();
    expect(':');
    return name;
  }

  /// Steps over a key and its colon if the key is this one, and the colon stands right behind it, as AWS
  /// writes it. It does not check that there is a key at all: the index has one position more than the text
  /// has tokens, and no key stands there.
  template <std::size_t size>
  [[gnu::always_inline]] bool take_key(const char (&quoted_name)[size]) noexcept {
    const std::uint32_t begin = *position_;
    if (position_[1] - begin != size || std::memcmp(text_ + begin, quoted_name, size) != 0) return false;
    if (text_[begin + size] != ':') return false;
    position_ += 2;
    return true;
  }

  /// Steps over one value of any kind and returns where it stands.
  [[gnu::always_inline]] Slice value() {
    const std::uint32_t begin = *position_;
    if (begins_scalar(text_[begin])) {
      ++position_;
      std::uint32_t end = *position_;
      while (is_space(text_[end - 1])) --end;
      return {begin, end - begin};
    }
    position_ = behind_nested(text_, position_, 0);
    if (position_ == nullptr) fail_nested(begin);
    return {begin, position_[-1] + 1 - begin};
  }

  /// To be called at a value. Steps over this value and what follows, when all that is written as at `there`,
  /// over `size` bytes and so many positions of the index. Both places are outside of strings.
  [[gnu::always_inline]] bool take_alike(std::uint32_t there, std::uint32_t size,
                                         std::size_t positions) noexcept {
    const std::size_t end = *position_ + std::size_t{size};
    if (end >= size_ || std::memcmp(text_ + *position_, text_ + there, size) != 0) return false;
    if (position_[positions] != end) return false;
    position_ += positions;
    return true;
  }

  /// The offset after the last byte of the object or array that was just walked.
  std::uint32_t end_of_nested() const noexcept { return position_[-1] + 1; }

  /// Whether the key before this value may be a name that `take_key` does not know: one with escapes, or with
  /// spaces before its colon. `sizes` has a bit for each size that an escaped name would have. A key of 64
  /// bytes or more may always hold some.
  [[gnu::always_inline]] bool key_may_be_escaped(std::uint64_t sizes) const noexcept {
    const std::uint32_t bytes = position_[-1] - position_[-2];
    return bytes >= 64 || (sizes >> bytes & 1U) != 0 || text_[position_[-1] - 1] != '"';
  }

  /// To be called in an object that was walked before, at its beginning or after a value. Steps to the value
  /// of the next key that is one of these names, which are given with their quotes, written so that
  /// `take_key` does not know it. Returns the position of the name in the list, or the number of names when
  /// there is no such key.
  std::size_t step_to_escaped_key(std::span<const std::string_view> quoted_names);

  /// To the place of another cursor in the same text.
  void step_to(const Cursor& other) noexcept { position_ = other.position_; }

  bool stands_at(const Cursor& other) const noexcept { return position_ == other.position_; }
  bool at_end() const noexcept { return position_ == end_; }
  std::size_t offset() const noexcept { return *position_; }

  // Takes its arguments by value, like all functions here that are not inlined: a cursor whose address is
  // taken lives in memory.
  [[noreturn, gnu::always_inline]] void fail_expected(char expected) const {
    fail_expected_at(text_, position_, end_, expected);
  }

 private:
  static bool is_space(char byte) noexcept {
    return static_cast<unsigned char>(byte) <= ' ' &&
           (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r');
  }
  static bool begins_scalar(char byte) noexcept {
    return byte == '"' || scalar_beginnings[static_cast<unsigned char>(byte)];
  }

  /// For each byte. A table, since compilers make a call of so many comparisons.
  static constexpr std::array<bool, 256> scalar_beginnings = [] {
    std::array<bool, 256> beginnings{};
    for (const char byte : std::string_view("\"0123456789tfn-"))
      beginnings[static_cast<unsigned char>(byte)] = true;
    return beginnings;
  }();

  // The hot loop takes and returns positions by value, so that they stay in registers. Null when the grammar
  // is violated.
  static const std::uint32_t* behind_nested(const char* text, const std::uint32_t* position,
                                            int depth) noexcept;
  [[noreturn]] static void fail_nested(std::uint32_t begin);
  [[noreturn]] static void fail_expected_at(const char* text, const std::uint32_t* position,
                                            const std::uint32_t* end, char expected);

  const char* text_;
  std::size_t size_;
  const std::uint32_t* position_;
  const std::uint32_t* end_;
};

/// Makes and owns an index. One thread may use it again and again. A cursor lives until the next `read`.
class StructuralIndex {
 public:
  /// The text must be an object or array; bytes after it need not be readable. Throws `Malformed` when it
  /// does not end with a bracket, is not UTF-8, holds an open string, or is over 4 GiB. The cursor checks the
  /// rest of the grammar.
  Cursor read(std::string_view text);

  /// Frees the memory that an unusually large text needed.
  void trim() noexcept;

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
};

/// Throws `Malformed`: a field comes twice.
[[noreturn]] void fail_twice(std::string_view quoted_name);

/// A text with its quotes, such as the name of a field, as a template argument, so that it is compared in a
/// few instructions.
template <std::size_t size>
struct QuotedText {
  constexpr QuotedText(const char (&name)[size]) {
    std::copy(name, name + size - 1, quoted + 1);
    quoted[0] = quoted[size] = '"';
  }
  constexpr std::string_view name() const noexcept { return {quoted + 1, size - 1}; }
  constexpr std::string_view with_quotes() const noexcept { return {quoted, size + 1}; }
  bool is(std::string_view raw) const noexcept {
    return raw.size() == size + 1 && std::memcmp(raw.data(), quoted, size + 1) == 0;
  }
  char quoted[size + 1] = {};
};

/// The sizes below 64 bytes, quotes included, that these names have when they are written with escapes: a bit
/// for each. The names are letters and digits, each of which is escaped as \uXXXX, 6 bytes instead of 1. So
/// the size of a key nearly always shows that it is none of them, without reading its text.
template <QuotedText... names>
inline constexpr std::uint64_t escaped_sizes = [] {
  std::uint64_t sizes = 0;
  for (std::size_t bytes = 0; bytes < 64; ++bytes) {
    const bool fits = ((bytes > sizeof names && (bytes - sizeof names) % 5 == 0) || ...);
    sizes |= std::uint64_t{fits} << bytes;
  }
  return sizes;
}();

/// Walks an object again for those of its fields whose names are written with escapes, or with spaces before
/// the colon. `seen` has a bit for each of the others.
template <QuotedText... names, class OnField>
[[gnu::noinline]] void walk_escaped_fields(Cursor& cursor, std::uint32_t seen, OnField& on_field) {
  static constexpr std::array<std::string_view, sizeof...(names)> quoted_names{names.with_quotes()...};
  for (;;) {
    const std::size_t index = cursor.step_to_escaped_key(quoted_names);
    if (index == sizeof...(names)) return;
    if ((seen >> index & 1U) != 0) fail_twice(quoted_names[index]);
    seen |= 1U << index;
    on_field(cursor, index);
  }
}

/// Walks an object. Calls `on_field(cursor, index)` for each field that is named, which must step over its
/// value; steps over the others itself. The names are tried in the order given, in which AWS sends them, so
/// that one comparison finds each; a field out of order is found by trying all. The type of `index` holds it
/// as a constant. Names that are written with escapes, or with spaces before the colon, come last, and their
/// `index` is a `std::size_t`. A named field that comes twice is refused, since readers disagree on which one
/// counts.
template <QuotedText... names, class OnField>
[[gnu::always_inline]] inline void walk_object(Cursor& outer, OnField&& on_field) {
  Cursor cursor = outer;  // a local copy stays in registers, since all below is inlined here
  cursor.expect('{');
  bool more = !cursor.take('}');
  std::uint32_t seen = 0;
  bool again = false;
  const auto try_name = [&](const auto& name, auto index) __attribute__((always_inline)) {
    if (!more || !cursor.take_key(name.quoted)) return;
    if ((seen >> index & 1U) != 0) fail_twice(name.with_quotes());
    seen |= 1U << index;
    on_field(cursor, index);
    more = cursor.take(',');
    if (!more) cursor.expect('}');
  };
  const auto try_names = [&]<std::size_t... indexes>(std::index_sequence<indexes...>)
      __attribute__((always_inline)) {
    (try_name(names, std::integral_constant<std::size_t, indexes>()), ...);
  };
  while (more) {
    const Cursor before = cursor;
    try_names(std::make_index_sequence<sizeof...(names)>());
    if (!cursor.stands_at(before)) continue;  // cheaper than to collect what each try returns
    cursor.key();
    again |= cursor.key_may_be_escaped(escaped_sizes<names...>);
    cursor.value();
    more = cursor.take(',');
    if (!more) cursor.expect('}');
  }
  if (again) {
    Cursor copy = outer;  // copies, since a variable whose address is taken lives in memory
    auto on_field_copy = on_field;
    walk_escaped_fields<names...>(copy, seen, on_field_copy);
  }
  outer.step_to(cursor);
}

/// Walks an object whose names are not known. Calls `on_entry(name)` for each entry, with the name in its
/// quotes; it must step over the value.
template <class OnEntry>
void walk_entries(Cursor& cursor, OnEntry&& on_entry) {
  cursor.expect('{');
  if (cursor.take('}')) return;
  for (;;) {
    on_entry(cursor.key());
    if (cursor.take(',')) continue;
    cursor.expect('}');
    return;
  }
}

/// Walks an array. Calls `on_element()` for each element, which must step over it.
template <class OnElement>
void walk_array(Cursor& cursor, OnElement&& on_element) {
  cursor.expect('[');
  if (cursor.take(']')) return;
  for (;;) {
    on_element();
    if (cursor.take(',')) continue;
    cursor.expect(']');
    return;
  }
}

/// A cursor at the beginning of a value that `Cursor::value` returned before. It lives until the next call in
/// the same thread.
Cursor read_part(const EventText& text, Slice slice);

}  // namespace batchproof::inline v0_1::detail
