#include "sha1.hpp"

#include <array>
#include <boost/uuid/detail/sha1.hpp>

namespace batchproof::inline v0_1 {

std::string hexadecimal(const unsigned* words, std::size_t count) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(count * 8);
  for (std::size_t index = 0; index < count; ++index) {
    for (unsigned shift = 32; shift != 0; shift -= 4) text += digits[words[index] >> (shift - 4) & 0xFU];
  }
  return text;
}

std::string sha1_of(std::string_view text) {
  boost::uuids::detail::sha1 sha1;
  sha1.process_bytes(text.data(), text.size());
  unsigned digest[5];
  sha1.get_digest(digest);
  return hexadecimal(digest, 5);
}

}  // namespace batchproof::inline v0_1
