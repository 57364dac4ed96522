#include "base64.hpp"

#include <array>
#include <batchproof/detail/base64.hpp>
#include <cstdint>

namespace batchproof::inline v0_1::detail {
namespace {

constexpr std::uint8_t no_digit = 0x80;  // a bit that no digit has, so that many are checked by one "or"

constexpr std::array<std::uint8_t, 256> digit_values = [] {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t value = 0; value < alphabet.size(); ++value) {
    values[static_cast<std::uint8_t>(alphabet[value])] = static_cast<std::uint8_t>(value);
  }
  return values;
}();

std::uint32_t digit(char character) noexcept { return digit_values[static_cast<std::uint8_t>(character)]; }

std::string_view without_padding(std::string_view text) noexcept {
  for (int padding = 0; padding < 2 && !text.empty() && text.back() == '='; ++padding) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::size_t> base64_size(std::string_view text) noexcept {
  if (text.size() % 4 != 0) return std::nullopt;
  text = without_padding(text);
  std::uint32_t all = 0;
  for (const char character : text) all |= digit(character);
  const std::size_t rest = text.size() % 4;
  const std::uint32_t bits_that_stand_for_nothing = rest == 2 ? 0x0F : rest == 3 ? 0x03 : 0;
  if ((all & no_digit) != 0) return std::nullopt;
  if (rest != 0 && (digit(text.back()) & bits_that_stand_for_nothing) != 0) return std::nullopt;
  return text.size() * 3 / 4;
}

void decode_base64(std::string_view text, char* bytes) noexcept {
  text = without_padding(text);
  const auto write = [&bytes](std::uint32_t bits, int shift) {
    *bytes++ = static_cast<char>(static_cast<std::uint8_t>(bits >> static_cast<unsigned>(shift)));
  };
  for (; text.size() >= 4; text.remove_prefix(4)) {
    const std::uint32_t bits =
        digit(text[0]) << 18U | digit(text[1]) << 12U | digit(text[2]) << 6U | digit(text[3]);
    write(bits, 16);
    write(bits, 8);
    write(bits, 0);
  }
  if (text.size() >= 2) {
    const std::uint32_t third = text.size() == 3 ? digit(text[2]) : 0;
    const std::uint32_t bits = digit(text[0]) << 18U | digit(text[1]) << 12U | third << 6U;
    write(bits, 16);
    if (text.size() == 3) write(bits, 8);
  }
}

std::optional<std::string> decode_base64(std::string_view text) {
  const auto size = base64_size(text);
  if (!size) return std::nullopt;
  std::string bytes(*size, '\0');
  decode_base64(text, bytes.data());
  return bytes;
}

std::string encode_base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  char* digit = text.data();
  const auto write = [&](std::uint32_t bits, std::size_t digits) {
    for (std::uint32_t shift = 18; digits-- > 0; shift -= 6) *digit++ = alphabet[bits >> shift & 63U];
  };
  const auto octet = [&](std::size_t index) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[index]));
  };
  for (; bytes.size() >= 3; bytes.remove_prefix(3)) write(octet(0) << 16U | octet(1) << 8U | octet(2), 4);
  if (!bytes.empty()) write(octet(0) << 16U | (bytes.size() > 1 ? octet(1) << 8U : 0), bytes.size() + 1);
  return text;
}

}  // namespace batchproof::inline v0_1::detail
