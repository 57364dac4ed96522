#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::tools {

// Reads UTF-8 a character at a time, since what is no character is shown byte by byte; properties and the
// library only judge or replace whole texts.

/// What stands at the front of a text.
struct Character {
  std::size_t bytes = 1;
  std::optional<char32_t> code{};  ///< nothing for a byte that begins no character of UTF-8 (RFC 3629)
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// True for characters that are not seen themselves, but change how others are shown or where a line ends:
/// controls, separators of lines and paragraphs, marks and overrides of the direction of text (Unicode
/// Standard Annex 9, "Unicode Bidirectional Algorithm"), and others that have no width. The joiners of
/// scripts and emoji are not among them.
bool is_control(char32_t code) noexcept;

/// "\u202E", as JSON has it: two of them where one is not enough.
std::string json_escape(char32_t code);

/// The same JSON, in which each control character of a string is escaped. `json` must be JSON in UTF-8.
std::string without_controls(std::string_view json);

}  // namespace batchproof::tools
