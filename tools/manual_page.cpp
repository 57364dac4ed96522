#include "manual_page.hpp"

#include <fmt/core.h>

#include <batchproof/version.hpp>
#include <sstream>
#include <string_view>

#include "wording.hpp"

namespace batchproof::tools {
namespace {

/// A command's footer: its paragraphs before "Examples:", the lines of the examples, and the exit status.
struct Footer {
  std::string description;
  std::string examples;
  std::string status;
};

Footer read_footer(const std::string& footer) {
  Footer parts;
  std::string* part = &parts.description;
  std::istringstream stream(footer);
  for (std::string line; std::getline(stream, line);) {
    if (line == "Examples:") {
      part = &parts.examples;
    } else if (line.starts_with("Status: ")) {
      part = &parts.status;
      *part += line.substr(std::string_view("Status: ").size()) + "\n";
    } else {
      *part += line + "\n";
    }
  }
  for (std::string* text : {&parts.description, &parts.examples, &parts.status})
    text->erase(text->find_last_not_of('\n') + 1);
  return parts;
}

using Format = std::string (*)(const std::string& lines);

/// The text with its paragraphs filled, and its indented lines unchanged.
std::string formatted(const std::string& text, Format filled_paragraph, Format kept_lines) {
  std::string result;
  std::string filled;
  std::string kept;
  const auto end = [&](std::string& lines, Format format) {
    lines.erase(lines.find_last_not_of('\n') + 1);
    if (!lines.empty()) result += format(lines);
    lines.clear();
  };
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const bool is_kept = line.starts_with("  ");
    if (is_kept || line.empty()) end(filled, filled_paragraph);
    if (!is_kept) end(kept, kept_lines);
    (is_kept ? kept : filled) += line + "\n";
  }
  end(filled, filled_paragraph);
  end(kept, kept_lines);
  return result;
}

/// The facts about an option that its text leaves out, a sentence each.
std::string details_of(const OptionDescription& option) {
  std::string text = option.text + (option.text.ends_with('.') ? "" : ".");
  const auto add = [&](std::string_view before, const std::string& what) {
    if (!what.empty()) text += fmt::format(" {}{}.", before, what);
  };
  add("One of: ", joined(option.choices));
  add("Default: ", option.default_value);
  add("The environment variable that sets it: ", option.environment);
  add("Excludes ", joined(option.excludes));
  return text;
}

std::string usage_of(const CommandDescription& command) {
  std::string usage = "batchproof " + command.name + " [OPTIONS]";
  for (const OptionDescription& positional : command.positionals) usage += " " + positional.value;
  return usage;
}

// The manual page

/// Text for roff: hyphens stay hyphens, and no line begins like a request.
std::string roff(const std::string& text) {
  std::string result;
  bool begins_line = true;
  for (const char character : text) {
    if (begins_line && (character == '.' || character == '\'')) result += "\\&";
    begins_line = character == '\n';
    if (character == '\\') {
      result += "\\e";
    } else if (character == '-') {
      result += "\\-";
    } else {
      result += character;
    }
  }
  return result;
}

std::string roff_option(const OptionDescription& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += (names.empty() ? "" : ", ") + fmt::format("\\fB{}\\fR", roff(name));
  if (!option.is_flag()) names += fmt::format("{}\\fI{}\\fR", names.empty() ? "" : " ", roff(option.value));
  return fmt::format(".TP\n{}\n{}\n", names, roff(details_of(option)));
}

std::string roff_block(const std::string& text) { return ".PP\n.nf\n" + roff(text) + "\n.fi\n"; }

std::string roff_paragraph(const std::string& text) { return ".PP\n" + roff(text) + "\n"; }

std::string roff_command(const CommandDescription& command) {
  const Footer footer = read_footer(command.footer);
  std::string text = fmt::format(".SS {}\n{}.\n", roff(command.name), roff(command.about));
  text += fmt::format(".PP\n\\fB{}\\fR\n", roff(usage_of(command)));
  text += formatted(footer.description, roff_paragraph, roff_block);
  for (const auto* options : {&command.positionals, &command.options})
    for (const OptionDescription& option : *options) text += roff_option(option);
  if (!footer.examples.empty()) text += ".PP\nExamples:\n" + roff_block(footer.examples);
  if (!footer.status.empty()) text += ".PP\nExit status: " + roff(footer.status) + "\n";
  return text;
}

// Markdown

std::string markdown_block(const std::string& text) { return "```text\n" + text + "\n```\n\n"; }

/// Text without any Markdown syntax, also for a cell of a table.
std::string cell(const std::string& text) {
  std::string result;
  for (const char character : text) {
    if (character == '|' || character == '<' || character == '*') result += '\\';
    result += character;
  }
  return result;
}

std::string markdown_paragraph(const std::string& text) { return cell(text) + "\n\n"; }

std::string markdown_option(const OptionDescription& option) {
  std::string names = joined(option.names);
  if (!option.is_flag()) names += (names.empty() ? "" : " ") + option.value;
  return fmt::format("| `{}` | {} |\n", cell(names), cell(details_of(option)));
}

std::string markdown_command(const CommandDescription& command) {
  const Footer footer = read_footer(command.footer);
  std::string text = fmt::format("## {}\n\n{}.\n\n", command.name, command.about);
  text += markdown_block(usage_of(command));
  text += formatted(footer.description, markdown_paragraph, markdown_block);
  text += "| option | meaning |\n|---|---|\n";
  for (const auto* options : {&command.positionals, &command.options})
    for (const OptionDescription& option : *options) text += markdown_option(option);
  text += "\n";
  if (!footer.examples.empty()) text += "Examples:\n\n" + markdown_block(footer.examples);
  if (!footer.status.empty()) text += "Exit status: " + footer.status + "\n\n";
  return text;
}

}  // namespace

std::string manual_page(const ProgramDescription& program) {
  std::string text = fmt::format(
      ".TH BATCHPROOF 1 \"\" \"batchproof {}\" \"User Commands\"\n"
      ".SH NAME\nbatchproof \\- process and verify batches of AWS Lambda\n"
      ".SH SYNOPSIS\n\\fBbatchproof\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
      ".SH DESCRIPTION\n{}\n.SH OPTIONS\n",
      BATCHPROOF_VERSION, roff(program.program.about));
  for (const OptionDescription& option : program.program.options) text += roff_option(option);
  text += ".SH COMMANDS\n";
  for (const CommandDescription& command : program.commands) text += roff_command(command);
  const Footer footer = read_footer(program.program.footer);
  return text + ".SH EXAMPLES\n" + roff_block(footer.examples);
}

std::string manual_markdown(const ProgramDescription& program) {
  std::string text = fmt::format("# The command\n\n{}\n\n", program.program.about);
  text += markdown_block(read_footer(program.program.footer).examples);
  for (const CommandDescription& command : program.commands) text += markdown_command(command);
  text.erase(text.find_last_not_of('\n') + 2);
  return text;
}

}  // namespace batchproof::tools
