// Tests base64 both ways: text of our own encoder is read back, and an accepted text is the only spelling of
// its bytes.

#include "../src/base64.hpp"

#include <batchproof/fixtures/base64.hpp>
#include <string>
#include <vector>

#include "support/decode_target.hpp"

using namespace batchproof;

namespace {

std::optional<std::string> decoded(std::string_view text) {
  const auto size = detail::base64_size(text);
  if (!size) return std::nullopt;
  std::vector<char> bytes(*size);  // no byte more, so that a write beyond the end is detected
  detail::decode_base64(text, bytes.data());
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  fuzz::require(decoded(fixtures::encode_base64(input)) == input, "what was encoded is decoded again");
  if (const auto bytes = decoded(input)) {
    fuzz::require(fixtures::encode_base64(*bytes) == input, "bytes have one spelling", input);
    std::string in_place(input);
    detail::decode_base64(in_place, in_place.data());
    fuzz::require(in_place.starts_with(*bytes), "the bytes may go where the text stands");
  }
  return 0;
}
