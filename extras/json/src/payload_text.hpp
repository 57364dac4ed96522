#pragma once

#include <batchproof/detail/utf8.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// The beginning of a text of the payload, for a message. It never splits a character.
inline std::string beginning_of(std::string_view text, std::size_t most_bytes = 60) {
  return excerpt(text, most_bytes) + (text.size() > most_bytes ? "..." : "");
}

}  // namespace batchproof::inline v0_1::detail
