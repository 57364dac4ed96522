#pragma once

// Not part of the public interface.

#include <optional>
#include <string>
#include <string_view>

namespace batchproof::detail {

/// RFC 4648, section 4: padded, no line breaks.
std::string encode_base64(std::string_view bytes);

/// The bytes that a base64 text stands for; nothing when it is not base64.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace batchproof::detail
