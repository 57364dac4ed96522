#pragma once

// Not part of the public interface.

#include <string_view>

namespace batchproof::inline v0_1::detail {

/// No JSON has a null byte, but nlohmann's parser takes it for the end of the text, and ignores what follows.
inline bool has_null_byte(std::string_view text) noexcept {
  return text.find('\0') != std::string_view::npos;
}

}  // namespace batchproof::inline v0_1::detail
