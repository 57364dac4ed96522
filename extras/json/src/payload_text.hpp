#pragma once

#include <string>
#include <string_view>

namespace batchproof::detail {

/// The beginning of a text of the payload, for a message. It never splits a character.
inline std::string beginning_of(std::string_view text, std::size_t most_bytes = 60) {
  if (text.size() <= most_bytes) return std::string(text);
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace batchproof::detail
