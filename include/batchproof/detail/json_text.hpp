#pragma once

// Where parsers of JSON differ. Not part of the public interface. Any thread may call it.

#include <string_view>

namespace batchproof::inline v0_1::detail {

/// No JSON has a null byte, but nlohmann's parser takes it for the end of the text, and ignores what follows.
inline bool has_null_byte(std::string_view text) noexcept {
  return text.find('\0') != std::string_view::npos;
}

/// The text without the byte order mark that some producers write before JSON; it lives as long as the text.
inline std::string_view without_byte_order_mark(std::string_view text) noexcept {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

}  // namespace batchproof::inline v0_1::detail
