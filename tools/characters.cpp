#include "characters.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <batchproof/detail/utf8.hpp>

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

}  // namespace

Character first_character(std::string_view text) {
  const detail::FirstBytes first = detail::first_bytes(text);
  if (!first.are_a_character) return {};
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  if (first.count == 1) return {1, byte(0)};
  char32_t code = byte(0) & (0x7FU >> first.count);
  for (std::size_t index = 1; index < first.count; ++index) code = code << 6U | (byte(index) & 0x3FU);
  return {first.count, code};
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

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string_view::npos; begin = end + 1) {
    end = text.find(',', begin);
    parts.emplace_back(text.substr(begin, end - begin));
  }
  return parts;
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
