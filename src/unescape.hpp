#pragma once

// Undoes the escapes of JSON strings with simdjson's kernels, which look at many bytes at a time.

#include <cstddef>
#include <optional>
#include <string_view>

namespace batchproof::detail {

/// Behind an unescaped text so many bytes more may be written.
inline constexpr std::size_t unescape_padding = 64;

/// Writes the text of a JSON string, which is given with its quotes, without escapes. Returns its size, which
/// is less than that of the string; nothing when an escape is not valid, such as "\x" or half a surrogate
/// pair. `readable_behind` is how many bytes after the string may be read: where these are few, the string is
/// copied first. At the destination `quoted.size() + unescape_padding` bytes may be written.
std::optional<std::size_t> unescape_into(char* destination, std::string_view quoted,
                                         std::size_t readable_behind);

/// The same, into a text that lives until the next call in the same thread.
std::optional<std::string_view> unescape(std::string_view quoted, std::size_t readable_behind);

inline bool has_escapes(std::string_view raw) noexcept { return raw.find('\\') != std::string_view::npos; }

}  // namespace batchproof::detail
