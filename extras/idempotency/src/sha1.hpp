#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace batchproof {

/// Each word as eight digits.
std::string hexadecimal(const unsigned* words, std::size_t count);

/// As 40 digits. It distinguishes texts that differ by mistake; it is no protection against forged ones.
std::string sha1_of(std::string_view text);

}  // namespace batchproof
