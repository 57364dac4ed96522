#include "wrapped_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "characters.hpp"
#include "terminal.hpp"

namespace batchproof::tools {
namespace {

constexpr std::size_t indent_of_labels = 2;
constexpr std::size_t indent_behind_label = 12;  // "  violated  "

bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

/// The column in which the sentence of a line of a report begins; nothing for a line that stays whole.
std::optional<std::size_t> column_of_sentence(std::string_view line) {
  constexpr std::array<std::string_view, 2> copied{"  expected", "  actual"};
  constexpr std::string_view note = "  note: ";
  const bool is_prose = line.starts_with("  ") && line.size() > indent_of_labels && is_letter(line[2]);
  const bool is_copied = std::any_of(copied.begin(), copied.end(),
                                     [&](std::string_view label) { return line.starts_with(label); });
  if (!is_prose || is_copied) return std::nullopt;
  if (line.starts_with(note)) return note.size();
  const bool has_label = line.size() > indent_behind_label && line.substr(10, 2) == "  ";
  if (!has_label) return indent_of_labels;
  if (line[indent_behind_label] == '{') return std::nullopt;  // a world
  return indent_behind_label;
}

}  // namespace

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

std::string wrapped_report(std::string_view report) {
  std::string text;
  for (const std::string_view line : lines_of(report)) {
    const std::size_t column = column_of_sentence(line).value_or(line.size());
    text += line.substr(0, column);
    text += wrapped(line.substr(column), column);
    text += '\n';
  }
  return text;
}

}  // namespace batchproof::tools
