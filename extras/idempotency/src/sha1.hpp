#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof::inline v0_1 {

/// Each word as eight digits.
std::string hexadecimal(const unsigned* words, std::size_t count);

/// The hash as 40 digits. It tells apart texts that differ by mistake; it does not protect against forged
/// texts.
std::string sha1_of(std::string_view text);

}  // namespace batchproof::inline v0_1
