#pragma once

#include <string>
#include <string_view>

namespace batchproof::inline v0_1 {

/// Each byte as two digits.
std::string hexadecimal(std::string_view bytes);

/// The hash as 40 digits. It tells apart texts that differ by mistake; it does not protect against forged
/// texts.
std::string sha1_of(std::string_view text);

}  // namespace batchproof::inline v0_1
