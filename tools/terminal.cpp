#include "terminal.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <batchproof/detail/utf8.hpp>
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

/// The byte at which the character of this number begins.
std::size_t offset_of(std::string_view text, std::size_t character) {
  std::size_t offset = 0;
  for (; offset < text.size(); ++offset) {
    if (detail::continues_character(text[offset])) continue;
    if (character == 0) break;
    --character;
  }
  return offset;
}

}  // namespace

Reader reader_of(std::FILE* stream) { return isatty(fileno(stream)) == 1 ? Reader::terminal : Reader::file; }

bool wants_colour(std::FILE* stream) {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* const terminal = std::getenv("TERM");
  if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
  return reader_of(stream) == Reader::terminal;
}

std::string paint(std::string_view text, Tone tone, bool colour) {
  const std::string_view escape = colour ? escape_of(tone) : "";
  return escape.empty() ? std::string(text) : fmt::format("{}{}\x1b[0m", escape, text);
}

std::size_t width(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    if (!detail::continues_character(text[offset])) ++characters;
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
