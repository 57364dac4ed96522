#pragma once

#include <batchproof/detail/utf8.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// The beginning of a text for an error message. It never splits a character, since messages go into JSON.
inline std::string excerpt(std::string_view text, std::size_t most_bytes) {
  return std::string(whole_characters(text, most_bytes));
}

}  // namespace batchproof::inline v0_1::detail
