#include "sha1.hpp"

#include <array>
#include <boost/uuid/detail/sha1.hpp>
#include <cstddef>

namespace batchproof::inline v0_1 {

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    text += digits[static_cast<unsigned char>(byte) >> 4U];
    text += digits[static_cast<unsigned char>(byte) & 0xFU];
  }
  return text;
}

std::string sha1_of(std::string_view text) {
  boost::uuids::detail::sha1 sha1;
  sha1.process_bytes(text.data(), text.size());
  boost::uuids::detail::sha1::digest_type digest;
  sha1.get_digest(digest);
  std::array<char, 20> bytes{};
  constexpr std::size_t word_bytes = sizeof digest[0];  // Boost before 1.86 returns words, later bytes
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    const std::size_t shift = 8 * (word_bytes - 1 - place % word_bytes);
    bytes[place] = static_cast<char>(digest[place / word_bytes] >> shift);
  }
  return hexadecimal({bytes.data(), bytes.size()});
}

}  // namespace batchproof::inline v0_1
