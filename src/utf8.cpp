#include <simdjson.h>

#include <batchproof/detail/utf8.hpp>

namespace batchproof::inline v0_1::detail {

FirstBytes first_bytes(std::string_view text) noexcept {
  const auto octet = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char lead = octet(0);
  if (lead < 0x80) return {1, true};
  const std::size_t size = lead >= 0xC2 && lead <= 0xDF   ? 2
                           : lead >= 0xE0 && lead <= 0xEF ? 3
                           : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                          : 0;
  if (size == 0) return {1, false};
  // The range of the second byte excludes overlong forms, surrogates and code points above U+10FFFF.
  unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t index = 1; index < size; ++index) {
    if (index == text.size() || octet(index) < lowest || octet(index) > highest) return {index, false};
    lowest = 0x80;
    highest = 0xBF;
  }
  return {size, true};
}

bool is_utf8(std::string_view text) noexcept { return simdjson::validate_utf8(text.data(), text.size()); }

}  // namespace batchproof::inline v0_1::detail
