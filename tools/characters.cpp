#include "characters.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace batchproof::tools {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array controls{
    Range{0x00, 0x1F},       Range{0x7F, 0x9F},     Range{0xAD, 0xAD},     Range{0x61C, 0x61C},
    Range{0x180E, 0x180E},   Range{0x200B, 0x200B}, Range{0x200E, 0x200F}, Range{0x2028, 0x202E},
    Range{0x2060, 0x206F},   Range{0xFEFF, 0xFEFF}, Range{0xFFF9, 0xFFFB}, Range{0x1D173, 0x1D17A},
    Range{0xE0000, 0xE007F},
};

/// The length in bytes of a character that begins with this byte; 0 when none does.
std::size_t length_by(unsigned first) {
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

}  // namespace

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const std::size_t bytes = length_by(byte(0));
  if (bytes == 0 || bytes > text.size()) return {};
  if (bytes == 1) return {1, byte(0)};
  char32_t code = byte(0) & (0x7FU >> bytes);
  for (std::size_t index = 1; index < bytes; ++index) {
    if ((byte(index) & 0xC0U) != 0x80U) return {};
    code = code << 6U | (byte(index) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < smallest.at(bytes) || is_surrogate || code > 0x10FFFF) return {};
  return {bytes, code};
}

bool is_control(char32_t code) noexcept {
  return std::any_of(controls.begin(), controls.end(),
                     [=](Range range) { return code >= range.first && code <= range.last; });
}

std::string json_escape(char32_t code) {
  const auto number = static_cast<unsigned>(code);
  if (number <= 0xFFFF) return fmt::format("\\u{:04X}", number);
  const unsigned above = number - 0x10000;
  return fmt::format("\\u{:04X}\\u{:04X}", 0xD800 + (above >> 10U), 0xDC00 + (above & 0x3FFU));
}

std::string without_controls(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  while (!json.empty()) {
    const Character character = first_character(json);
    const bool is_layout = character.code && *character.code < 0x20;  // JSON allows it only between tokens
    if (character.code && !is_layout && is_control(*character.code)) {
      text += json_escape(*character.code);
    } else {
      text += json.substr(0, character.bytes);
    }
    json.remove_prefix(character.bytes);
  }
  return text;
}

}  // namespace batchproof::tools
