#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// How many bytes a base64 text stands for (RFC 4648, section 4: padded, no line breaks). Nothing when it is
/// not base64.
std::optional<std::size_t> base64_size(std::string_view text) noexcept;

/// Writes the bytes of a text that `base64_size` accepted. `bytes` may point into the text itself.
void decode_base64(std::string_view text, char* bytes) noexcept;

}  // namespace batchproof::inline v0_1::detail
