#include "terminal.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>

namespace batchproof::tools {
namespace {

constexpr std::string_view dots = "...";

std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "\x1b[32m";
    case Tone::bad:
      return "\x1b[31m";
    case Tone::caution:
      return "\x1b[33m";
    case Tone::faint:
      return "\x1b[2m";
    case Tone::plain:
      break;
  }
  return "";
}

unsigned byte_at(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
}

bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

/// Bytes of the character at the front that a terminal may see (RFC 3629, section 4); 0 when it may not.
std::size_t harmless_character(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  const unsigned second = byte_at(text, 1);
  if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
  if (!is_continuation(second)) return 0;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return first == 0xC2 && second < 0xA0 ? 0 : 2;
  if (!is_continuation(byte_at(text, 2))) return 0;
  if (first < 0xF0) return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ? 0 : 3;
  if (!is_continuation(byte_at(text, 3))) return 0;
  return (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F) ? 0 : 4;
}

/// Where the character of this number begins.
std::size_t offset_of(std::string_view text, std::size_t character) {
  std::size_t offset = 0;
  for (; offset < text.size(); ++offset) {
    if (is_continuation(byte_at(text, offset))) continue;
    if (character == 0) break;
    --character;
  }
  return offset;
}

}  // namespace

bool wants_colour(std::FILE* stream) {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* const terminal = std::getenv("TERM");
  if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
  return isatty(fileno(stream)) == 1;
}

std::string paint(std::string_view text, Tone tone, bool colour) {
  const std::string_view escape = colour ? escape_of(tone) : "";
  return escape.empty() ? std::string(text) : fmt::format("{}{}\x1b[0m", escape, text);
}

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t bytes = harmless_character(text);
    if (bytes == 0) {
      shown += fmt::format("\\x{:02X}", byte_at(text, 0));
    } else {
      shown += text.substr(0, bytes);
    }
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return shown;
}

std::size_t width(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    if (!is_continuation(byte_at(text, offset))) ++characters;
  }
  return characters;
}

std::string shorten_middle(std::string_view text, std::size_t most) {
  const std::size_t characters = width(text);
  if (characters <= most) return std::string(text);
  const std::size_t front = (most - dots.size()) / 2;
  const std::size_t back = most - dots.size() - front;
  return fmt::format("{}{}{}", text.substr(0, offset_of(text, front)), dots,
                     text.substr(offset_of(text, characters - back)));
}

std::string shorten_end(std::string_view text, std::size_t most) {
  if (width(text) <= most) return std::string(text);
  return fmt::format("{}{}", text.substr(0, offset_of(text, most - dots.size())), dots);
}

}  // namespace batchproof::tools
