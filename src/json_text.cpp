#include "json_text.hpp"

#include <simdjson.h>

namespace batchproof::detail {
namespace {

/// The first bytes of a text: one character, or an incomplete one. The report's pages and the command have
/// tables of their own, on purpose: they show each byte that is not text, and hide control characters, which
/// are text in JSON.
struct Stretch {
  std::size_t size;
  bool is_character;
};

Stretch first_stretch(std::string_view text) {
  const auto octet = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char lead = octet(0);
  if (lead < 0x80) return {1, true};
  const std::size_t size = lead >= 0xC2 && lead <= 0xDF   ? 2
                           : lead >= 0xE0 && lead <= 0xEF ? 3
                           : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                          : 0;
  if (size == 0) return {1, false};
  // The range of the second byte excludes overlong forms, surrogates and code points above U+10FFFF.
  unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t index = 1; index < size; ++index) {
    if (index == text.size() || octet(index) < lowest || octet(index) > highest) return {index, false};
    lowest = 0x80;
    highest = 0xBF;
  }
  return {size, true};
}

}  // namespace

std::string as_utf8(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return std::string(text);
  std::string valid;
  while (!text.empty()) {
    const Stretch stretch = first_stretch(text);
    valid += stretch.is_character ? text.substr(0, stretch.size) : "\xEF\xBF\xBD";
    text.remove_prefix(stretch.size);
  }
  return valid;
}

}  // namespace batchproof::detail
