#include "html.hpp"

#include <array>

namespace batchproof::properties {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// The number of bytes of the UTF-8 sequence at the beginning of the text; 0 when it is invalid.
std::size_t length_of_sequence(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (first > 0xF4 || length > text.size()) return 0;
  for (std::size_t at = 1; at < length; ++at) {
    if (!is_continuation(text[at])) return 0;
  }
  if (length < 3) return length;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool is_too_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool is_no_character = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
  return is_too_long || is_no_character ? 0 : length;
}

bool is_control(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return (value < 0x20 && byte != '\n' && byte != '\t') || value == 0x7F;
}

/// The control characters after ASCII.
bool is_second_control(std::string_view sequence) {
  return sequence.size() == 2 && sequence[0] == '\xC2' && static_cast<unsigned char>(sequence[1]) < 0xA0;
}

void append_hex(std::string& text, std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += {'\\', 'x', digits[value >> 4U], digits[value & 15U]};
  }
}

void append_sequence(std::string& text, std::string_view sequence) {
  if (is_control(sequence.front()) || is_second_control(sequence)) return append_hex(text, sequence);
  switch (sequence.front()) {
    case '&':
      text += "&amp;";
      return;
    case '<':
      text += "&lt;";
      return;
    case '>':
      text += "&gt;";
      return;
    case '"':
      text += "&quot;";
      return;
    case '\'':
      text += "&#39;";
      return;
    default:
      text += sequence;
  }
}

std::string with_separators(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t left = digits.size(); left > 3; left -= 3) digits.insert(left - 3, ",");
  return digits;
}

}  // namespace

Html& Html::markup(std::string_view markup) {
  text_ += markup;
  return *this;
}

Html& Html::words(std::string_view words) {
  while (!words.empty()) {
    const std::size_t length = length_of_sequence(words);
    if (length == 0) {
      append_hex(text_, words.substr(0, 1));
    } else {
      append_sequence(text_, words.substr(0, length));
    }
    words.remove_prefix(length == 0 ? 1 : length);
  }
  return *this;
}

Html& Html::number(std::size_t number) { return markup(with_separators(number)); }

Html& Html::element(std::string_view tag, std::string_view text) {
  const std::string_view name = tag.substr(0, tag.find(' '));
  return markup("<").markup(tag).markup(">").words(text).markup("</").markup(name).markup(">");
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  std::string text = with_separators(number);
  text += ' ';
  text += number == 1 ? one : many;
  return text;
}

}  // namespace batchproof::properties
