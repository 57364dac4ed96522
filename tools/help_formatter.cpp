#include "help_formatter.hpp"

#include <fmt/core.h>

#include <sstream>
#include <utility>

#include "command_description.hpp"
#include "terminal.hpp"
#include "wording.hpp"
#include "wrapped_text.hpp"

namespace batchproof::tools {
namespace {

constexpr std::size_t text_column = 36;

/// A row of two columns: a left part that leaves no blank before the right one has a line of its own.
std::string row(const std::string& left, const std::string& text) {
  const std::string indented = "  " + left;
  const bool fits = width(indented) < text_column;
  return fmt::format("{:{}}{}\n", fits ? indented : indented + fmt::format("\n{:{}}", "", text_column),
                     text_column, wrapped(text, text_column));
}

std::string names_and_value(const OptionDescription& option) {
  std::string text = joined(option.names);
  if (!option.is_flag()) text += (text.empty() ? "" : " ") + option.value;
  if (!option.default_value.empty()) text += "=" + option.default_value;
  return text;
}

std::string text_of(const OptionDescription& option) {
  std::string text = option.text;
  if (option.choices.size() > 1) text += "; one of " + joined(option.choices);
  if (!option.environment.empty()) text += " (or " + option.environment + ")";
  return text;
}

}  // namespace

std::string HelpFormatter::make_description(const CLI::App* app) const {
  return wrapped(app->get_description(), 0) + "\n";
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool /*is_positional*/) const {
  const OptionDescription described = describe(*option);
  return row(names_and_value(described), text_of(described));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return row(command->get_name(), command->get_description());
}

/// Examples are indented, and stay as they are.
std::string HelpFormatter::make_footer(const CLI::App* app) const {
  std::istringstream footer(app->get_footer());
  std::string text;
  std::string paragraph;
  const auto end_paragraph = [&] {
    if (!paragraph.empty()) text += wrapped(std::exchange(paragraph, ""), 0) + "\n";
  };
  for (std::string line; std::getline(footer, line);) {
    if (line.empty() || line.starts_with("  ")) {
      end_paragraph();
      text += line + "\n";
    } else {
      paragraph += (paragraph.empty() ? "" : " ") + line;
    }
  }
  end_paragraph();
  return text;
}

}  // namespace batchproof::tools
