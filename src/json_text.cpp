#include "json_text.hpp"

#include <batchproof/detail/utf8.hpp>

namespace batchproof::inline v0_1::detail {

std::string as_utf8(std::string_view text) {
  if (is_utf8(text)) return std::string(text);
  std::string valid;
  while (!text.empty()) {
    const FirstBytes first = first_bytes(text);
    valid += first.are_a_character ? text.substr(0, first.count) : "\xEF\xBF\xBD";
    text.remove_prefix(first.count);
  }
  return valid;
}

}  // namespace batchproof::inline v0_1::detail
