#pragma once

// Not part of the public interface.

#include <string>
#include <string_view>

namespace batchproof::detail {

/// RFC 4648, section 4: padded, no line breaks.
std::string encode_base64(std::string_view bytes);

}  // namespace batchproof::detail
