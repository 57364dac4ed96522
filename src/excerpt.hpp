#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::detail {

/// The beginning of a text for an error message. It never splits a character, since messages go into JSON.
inline std::string excerpt(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return std::string(text);
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end));
}

}  // namespace batchproof::detail
