#include "completion.hpp"

#include <fmt/core.h>

#include <string_view>

#include "wording.hpp"

namespace batchproof::tools {
namespace {

std::string with_each(std::string_view text, std::string_view characters, std::string_view prefix) {
  std::string result;
  for (const char character : text) {
    if (characters.find(character) != std::string_view::npos) result += prefix;
    result += character;
  }
  return result;
}

/// The text in single quotes, which every shell here reads.
std::string in_quotes(const std::string& text) {
  std::string result = "'";
  for (const char character : text) result += character == '\'' ? "'\\''" : std::string(1, character);
  return result + "'";
}

std::vector<std::string> names_of(const std::vector<CommandDescription>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const CommandDescription& command : commands) names.push_back(command.name);
  return names;
}

std::vector<std::string> option_names(const CommandDescription& command) {
  std::vector<std::string> names;
  for (const OptionDescription& option : command.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

bool positionals_are_paths(const CommandDescription& command) {
  return !command.positionals.empty() && command.positionals.front().takes_path();
}

// bash

std::string bash_values(const CommandDescription& command, const OptionDescription& option) {
  std::vector<std::string> patterns;
  for (const std::string& name : option.names) patterns.push_back(command.name + ":" + name);
  const std::string action = !option.choices.empty() ? fmt::format("words='{}'", joined(option.choices, " "))
                                                     : (option.takes_path() ? "files=yes" : "return");
  return fmt::format("    {}) {} ;;\n", joined(patterns, " | "), action);
}

/// The words that are allowed when no option waits for its value.
std::string bash_words(const CommandDescription& command) {
  std::vector<std::string> words = option_names(command);
  if (!command.positionals.empty())
    words.insert(words.end(), command.positionals.front().choices.begin(),
                 command.positionals.front().choices.end());
  return fmt::format("    {}:*) words='{}'{} ;;\n", command.name, joined(words, " "),
                     positionals_are_paths(command) ? "; [[ $word == -* ]] || files=yes" : "");
}

// zsh

/// A text within a specification of _arguments.
std::string zsh_text(const std::string& text) { return with_each(text, "[]:\\", "\\"); }

std::string zsh_value(const OptionDescription& option) {
  const std::string what = !option.choices.empty() ? "(" + joined(option.choices, " ") + ")"
                                                   : (option.takes_path() ? "_files" : " ");
  return fmt::format(":{}:{}", zsh_text(option.value), what);
}

std::string zsh_option(const OptionDescription& option) {
  std::string lines;
  for (const std::string& name : option.names) {
    const bool takes_value = !option.is_flag();
    lines +=
        " \\\n        " + in_quotes(fmt::format("*{}{}[{}]{}", name, takes_value ? "=" : "",
                                                zsh_text(option.text), takes_value ? zsh_value(option) : ""));
  }
  return lines;
}

std::string zsh_command(const CommandDescription& command) {
  std::string text = fmt::format("    {})\n      _arguments", command.name);
  for (const OptionDescription& option : command.options) text += zsh_option(option);
  for (const OptionDescription& positional : command.positionals)
    text += " \\\n        " + in_quotes("*" + zsh_value(positional));
  return text + " ;;\n";
}

// fish

std::string fish_option(const std::string& condition, const OptionDescription& option) {
  std::string line = "complete -c batchproof -n " + in_quotes(condition);
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.choices.empty()) {
    line += " -x -a " + in_quotes(joined(option.choices, " "));
  } else if (!option.is_flag()) {
    line += option.takes_path() ? " -r -F" : " -x";
  }
  return line + " -d " + in_quotes(option.text) + "\n";
}

std::string fish_command(const CommandDescription& command) {
  const std::string condition = "__fish_seen_subcommand_from " + command.name;
  std::string text = fmt::format("complete -c batchproof -n __fish_use_subcommand -a {} -d {}\n",
                                 command.name, in_quotes(command.about));
  for (const OptionDescription& option : command.options) text += fish_option(condition, option);
  for (const OptionDescription& positional : command.positionals) {
    if (positional.takes_path())
      text += fmt::format("complete -c batchproof -n {} -F\n", in_quotes(condition));
    if (!positional.choices.empty()) text += fish_option(condition, positional);
  }
  return text;
}

}  // namespace

std::string bash_completion(const ProgramDescription& program) {
  std::string values;
  std::string words;
  for (const CommandDescription& command : program.commands) {
    for (const OptionDescription& option : command.options)
      if (!option.is_flag()) values += bash_values(command, option);
    words += bash_words(command);
  }
  words += fmt::format("    *) words='{} {}' ;;\n", joined(names_of(program.commands), " "),
                       joined(option_names(program.program), " "));
  return fmt::format(R"(# Completion of batchproof for bash; batchproof completion bash prints it.
_batchproof() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} command= words= files= index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; ++index)); do
    [[ ${{COMP_WORDS[index]}} != -- ]] || files=yes  # a command of the user's own
    [[ -n $command || ${{COMP_WORDS[index]}} == -* ]] || command=${{COMP_WORDS[index]}}
  done
  [[ -n $files ]] || case $command:${{COMP_WORDS[COMP_CWORD - 1]}} in
{}{}  esac
  [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$word")
  fi
}}
complete -F _batchproof batchproof
)",
                     values, words);
}

std::string zsh_completion(const ProgramDescription& program) {
  std::string options;
  for (const OptionDescription& option : program.program.options) options += zsh_option(option);
  std::string commands;
  std::string cases;
  for (const CommandDescription& command : program.commands) {
    commands += "        " + in_quotes(command.name + ":" + with_each(command.about, ":", "\\")) + "\n";
    cases += zsh_command(command);
  }
  return fmt::format(R"(#compdef batchproof
# Completion of batchproof for zsh; batchproof completion zsh prints it.
_batchproof() {{
  local -a line state state_descr commands
  local context
  local -A opt_args
  _arguments -C{} \
        '1: :->command' '*:: :->arguments'
  case $state in
    command)
      commands=(
{}      )
      _describe command commands
      return ;;
    arguments) ;;
    *) return ;;
  esac
  case $line[1] in
{}  esac
}}
if [[ $funcstack[1] == _batchproof ]]; then
  _batchproof "$@"
else
  compdef _batchproof batchproof
fi
)",
                     options, commands, cases);
}

std::string fish_completion(const ProgramDescription& program) {
  std::string text =
      "# Completion of batchproof for fish; batchproof completion fish prints it.\ncomplete -c batchproof "
      "-f\n";
  for (const OptionDescription& option : program.program.options)
    text += fish_option("__fish_use_subcommand", option);
  for (const CommandDescription& command : program.commands) text += fish_command(command);
  return text;
}

}  // namespace batchproof::tools
