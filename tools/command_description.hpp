#pragma once

// The command line as plain values, read from CLI11: the manual page, the completions of shells and --help
// come from the same texts.

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace batchproof::tools {

/// An option, a flag or a positional argument.
struct OptionDescription {
  std::vector<std::string> names;  ///< such as "-h" and "--help"; empty for a positional argument
  std::string value;               ///< what stands for the value in texts, such as "FILE"; empty for a flag
  std::vector<std::string> choices{};  ///< the only values that it takes; empty when any may be right
  std::string default_value{};
  std::string environment{};            ///< the variable that sets it
  std::vector<std::string> excludes{};  ///< the options that it cannot stand with, by their long names
  std::string text;

  bool is_flag() const { return value.empty(); }

  /// The value is a path: by the convention of our texts, its placeholder speaks of a file, folder or
  /// template.
  bool takes_path() const;
};

/// A command, or the program with the options that stand before a command.
struct CommandDescription {
  std::string name;
  std::string about;   ///< one sentence without a full stop
  std::string footer;  ///< paragraphs, then "Examples:" and "Status:"
  std::vector<OptionDescription> options{};
  std::vector<OptionDescription> positionals{};
};

struct ProgramDescription {
  CommandDescription program;
  std::vector<CommandDescription> commands;
};

ProgramDescription describe(const CLI::App& app);

}  // namespace batchproof::tools
