#pragma once

// Writes text into JSON.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// Whether this character must be escaped in JSON.
inline bool is_special(char character) noexcept {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

/// Whether the text stands in JSON as it is.
inline bool is_plain(std::string_view text) noexcept {
  unsigned char any_special = 0;  // no bool, no early exit: compilers test many characters at a time
  for (const char character : text)
    any_special = static_cast<unsigned char>(any_special | static_cast<unsigned char>(is_special(character)));
  return any_special == 0;
}

/// Appends the text as JSON, without the quotation marks, and runs of plain characters in one piece. The text
/// must be UTF-8.
inline void append_escaped(std::string& json, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  if (is_plain(text)) {
    json += text;
    return;
  }
  while (!text.empty()) {
    const auto plain_end = std::find_if(text.begin(), text.end(), is_special);
    const auto plain_size = static_cast<std::size_t>(plain_end - text.begin());
    json += text.substr(0, plain_size);
    text.remove_prefix(plain_size);
    if (text.empty()) return;
    const auto byte = static_cast<unsigned char>(text.front());
    if (byte < 0x20) {
      json += "\\u00";
      json += hex[byte >> 4U];
      json += hex[byte & 0xFU];
    } else {
      json += '\\';
      json += text.front();
    }
    text.remove_prefix(1);
  }
}

/// The text if it is UTF-8; otherwise with U+FFFD for each invalid part, as the Unicode standard says
/// ("U+FFFD Substitution of Maximal Subparts"). For texts that others wrote.
std::string as_utf8(std::string_view text);

}  // namespace batchproof::inline v0_1::detail
