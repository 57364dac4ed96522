#pragma once

// Not part of the public interface.

#include <batchproof/detail/export.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1::detail {

/// RFC 4648, section 4: padded, no line breaks.
BATCHPROOF_EXPORT std::string encode_base64(std::string_view bytes);

/// The bytes that a base64 text stands for; nothing when it is not base64.
BATCHPROOF_EXPORT std::optional<std::string> decode_base64(std::string_view text);

}  // namespace batchproof::inline v0_1::detail
