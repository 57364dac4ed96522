#include "wrapped_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "characters.hpp"
#include "terminal.hpp"

namespace batchproof::tools {
namespace {

constexpr std::size_t indent_of_labels = 2;
constexpr std::size_t indent_behind_label = 12;  // "  violated  "

bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

/// An answer may be copied. Some are those of runs that were compared.
bool is_answer(std::string_view line) {
  constexpr std::array<std::string_view, 2> labels{"  expected  ", "  actual    "};
  constexpr std::string_view of_a_compared_run = R"({"batchItemFailures")";
  return std::any_of(labels.begin(), labels.end(),
                     [&](std::string_view label) { return line.starts_with(label); }) ||
         (line.size() > indent_behind_label && line.starts_with("  ") &&
          line.substr(indent_behind_label).starts_with(of_a_compared_run));
}

/// The parts of the text, each with the character that ends it: those for which `ends` is true, outside of
/// the quotes.
template <class Ends>
std::vector<std::string_view> parts_outside_quotes(std::string_view text, char quote, const Ends& ends) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  std::size_t begin = 0;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const bool is_escape = text[place] == '\\' && (quote == '"' || !is_quoted);
    if (is_escape) {
      ++place;
    } else if (text[place] == quote) {
      is_quoted = !is_quoted;
    } else if (!is_quoted && ends(text[place])) {
      parts.push_back(text.substr(begin, place + 1 - begin));
      begin = place + 1;
    }
  }
  if (begin < text.size()) parts.push_back(text.substr(begin));
  return parts;
}

/// The parts of JSON that a line may end with: behind commas, and behind other tokens where a part is too
/// wide.
std::vector<std::string_view> parts_of_json(std::string_view json, std::size_t widest) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : parts_outside_quotes(json, '"', [](char one) { return one == ','; })) {
    const auto ends = [](char one) { return one == '[' || one == '{' || one == ':'; };
    const auto smaller = width(part) > widest ? parts_outside_quotes(part, '"', ends) : std::vector{part};
    parts.insert(parts.end(), smaller.begin(), smaller.end());
  }
  return parts;
}

/// An answer: JSON, or a sentence.
std::string wrapped_answer(std::string_view answer, std::size_t indent) {
  constexpr std::string_view beginnings_of_json = "{[\"";
  if (answer.empty() || beginnings_of_json.find(answer.front()) == answer.npos)
    return wrapped(answer, indent);
  std::string lines;
  std::size_t column = indent;
  for (const std::string_view part : parts_of_json(answer, widest_text - indent)) {
    if (column > indent && column + width(part) > widest_text) {
      lines += fmt::format("\n{:{}}", "", indent);
      column = indent;
    }
    lines += part;
    column += width(part);
  }
  return lines;
}

/// Takes the first line off the text; without the line feed.
std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

/// The same for a command, whose quoted arguments may hold line feeds.
std::string_view take_command(std::string_view& text) {
  const auto lines = parts_outside_quotes(text, '\'', [](char one) { return one == '\n'; });
  std::string_view command = lines.empty() ? std::string_view() : lines.front();
  text.remove_prefix(command.size());
  if (command.ends_with('\n')) command.remove_suffix(1);
  return command;
}

/// A command for a shell, which goes on behind a backslash at the end of a line. One whose arguments hold
/// line feeds stays as it is.
std::string wrapped_command(std::string_view command) {
  if (command.find('\n') != command.npos) return std::string(command);
  constexpr std::string_view next_line = "\\\n  ";
  constexpr std::size_t indent = 2;
  std::string lines;
  std::size_t column = 0;
  for (const std::string_view part :
       parts_outside_quotes(command, '\'', [](char one) { return one == ' '; })) {
    if (column > indent && column + width(part) + 1 > widest_text) {
      lines += next_line;
      column = indent;
    }
    lines += part;
    column += width(part);
  }
  return lines;
}

/// The column in which the sentence of a line of a report begins; nothing for a line that stays whole.
std::optional<std::size_t> column_of_sentence(std::string_view line) {
  constexpr std::string_view note = "  note: ";
  const bool is_prose = line.starts_with("  ") && line.size() > indent_of_labels && is_letter(line[2]);
  if (!is_prose || is_answer(line)) return std::nullopt;
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

std::string wrapped_report(std::string_view report, Reader reader) {
  std::string text;
  while (!report.empty()) {
    const std::string_view line = take_line(report);
    if (reader == Reader::terminal && is_answer(line)) {
      text += line.substr(0, indent_behind_label);
      text += wrapped_answer(line.substr(indent_behind_label), indent_behind_label);
    } else {
      const std::size_t column = column_of_sentence(line).value_or(line.size());
      text += line.substr(0, column);
      text += wrapped(line.substr(column), column);
    }
    text += '\n';
    if (line != "replay") continue;
    const std::string_view command = take_command(report);
    text += reader == Reader::terminal ? wrapped_command(command) : std::string(command);
    text += '\n';
  }
  return text;
}

}  // namespace batchproof::tools
