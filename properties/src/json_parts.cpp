#include "json_parts.hpp"

#include <algorithm>

namespace batchproof::properties {
namespace {

/// The position of the quote that ends a string, or of the last byte where none does.
std::size_t end_of_string(std::string_view text, std::size_t opening_quote) {
  std::size_t at = opening_quote + 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
  return std::min(at, text.size() - 1);
}

}  // namespace

std::vector<Span> json_parts(std::string_view text) {
  std::vector<Span> parts;
  std::vector<std::size_t> begins;  // of the part at hand, for each bracket that is open
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char character = text[at];
    if (character == '"') {
      at = end_of_string(text, at);
    } else if (character == '{' || character == '[') {
      begins.push_back(at + 1);
    } else if (!begins.empty() && character == ',') {
      parts.push_back({begins.back(), at + 1});
      begins.back() = at + 1;
    } else if (!begins.empty() && (character == '}' || character == ']')) {
      const bool is_alone = text[begins.back() - 1] != ',';
      const std::size_t begin = is_alone ? begins.back() : begins.back() - 1;
      if (begin < at) parts.push_back({begin, at});
      begins.pop_back();
    }
  }
  std::sort(parts.begin(), parts.end(),
            [](const Span& left, const Span& right) { return left.begin < right.begin; });
  return parts;
}

}  // namespace batchproof::properties
