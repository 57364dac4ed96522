#pragma once

// Undoes the escapes of JSON strings with simdjson's kernels, which look at many bytes at a time.

#include <cstddef>
#include <optional>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// The number of bytes after an unescaped text that may be overwritten.
inline constexpr std::size_t unescape_padding = 64;

/// What `unescape_into` returns for an invalid escape. A number instead of an optional, which processors wait
/// for: it is written in two parts and read as one.
inline constexpr std::size_t invalid_escape = std::string_view::npos;

/// Writes the text of a JSON string, which is given with its quotes, without escapes. Returns its size, which
/// is less than that of the string; `invalid_escape` for such as "\x" or half a surrogate pair.
/// `readable_behind` is the number of bytes after the string that may be read; if there are too few, the
/// string is copied first. The destination must have room for `quoted.size() + unescape_padding` bytes.
std::size_t unescape_into(char* destination, std::string_view quoted, std::size_t readable_behind);

/// The same, into a buffer that is valid until the next call in the same thread.
std::optional<std::string_view> unescape(std::string_view quoted, std::size_t readable_behind);

inline bool has_escapes(std::string_view raw) noexcept { return raw.find('\\') != std::string_view::npos; }

}  // namespace batchproof::inline v0_1::detail
