#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::tools {

/// The first character of a text, or its first byte if that is not valid UTF-8.
struct Character {
  std::size_t bytes = 1;
  std::optional<char32_t> code{};  ///< nothing for a byte that begins no character of UTF-8 (RFC 3629)
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// True for invisible characters that change how others are shown or where a line ends: controls, separators
/// of lines and paragraphs, marks and overrides of the direction of text (Unicode Standard Annex 9, "Unicode
/// Bidirectional Algorithm"), and others without a width, except the joiners of scripts and emoji.
bool is_control(char32_t code) noexcept;

/// "\u202E", as in JSON: a surrogate pair if one escape is not enough.
std::string json_escape(char32_t code);

/// The lines of a text, each without its line feed. They live as long as the text.
std::vector<std::string_view> lines_of(std::string_view text);

/// The texts between the commas of a text; at least one.
std::vector<std::string> split_at_commas(std::string_view text);

/// The same JSON, in which each control character of a string is escaped. `json` must be JSON in UTF-8.
std::string without_controls(std::string_view json);

}  // namespace batchproof::tools
