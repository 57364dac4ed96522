#pragma once

// Reads UTF-8 (RFC 3629). Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// The first bytes of a text: one character, or bytes that are not one.
struct FirstBytes {
  std::size_t count;
  bool are_a_character;
};

/// The first character of a text that is not empty, or else its first invalid part ("U+FFFD Substitution of
/// Maximal Subparts", Unicode standard).
BATCHPROOF_EXPORT FirstBytes first_bytes(std::string_view text) noexcept;

BATCHPROOF_EXPORT bool is_utf8(std::string_view text) noexcept;

inline bool continues_character(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The beginning of a text, with at most so many bytes, that splits no character.
inline std::string_view whole_characters(std::string_view text, std::size_t most_bytes) noexcept {
  if (text.size() <= most_bytes) return text;
  while (most_bytes > 0 && continues_character(text[most_bytes])) --most_bytes;
  return text.substr(0, most_bytes);
}

/// The same for an error message, which goes into JSON.
inline std::string excerpt(std::string_view text, std::size_t most_bytes) {
  return std::string(whole_characters(text, most_bytes));
}

/// Appends the character U+0000 to U+00FF of this number.
inline void append_character(std::string& text, unsigned char number) {
  if (number < 0x80) {
    text += static_cast<char>(number);
  } else {
    text += static_cast<char>(0xC0U | number >> 6U);
    text += static_cast<char>(0x80U | (number & 0x3FU));
  }
}

}  // namespace batchproof::inline v0_1::detail
