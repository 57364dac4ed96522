#include "wrapped_text.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "terminal.hpp"

namespace batchproof::tools {

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string lines;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    const bool begins_line = column == indent;
    if (!begins_line && column + 1 + width(word) > widest_text) {
      lines += fmt::format("\n{:{}}", "", indent);
      column = indent;
    } else if (!begins_line) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += width(word);
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return lines;
}

}  // namespace batchproof::tools
