#pragma once

// The command line as plain values, read from CLI11, so that the manual page, the completions of shells and
// --help have the same texts.
//
//     const ProgramDescription program = describe(app);
//     print(manual_page(program));

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's name
class App;
class Option;
}  // namespace CLI

namespace batchproof::tools {

/// An option, a flag or a positional argument.
struct OptionDescription {
  std::vector<std::string> names;  ///< such as "-h" and "--help"; empty for a positional argument
  std::string value;  ///< the placeholder of the value in texts, such as "FILE"; empty for a flag
  std::vector<std::string> choices{};  ///< the only allowed values; empty when any value may be
  std::string default_value{};
  std::string environment{};            ///< the variable that sets it
  std::vector<std::string> excludes{};  ///< the options that exclude it, by their long names
  std::string text;

  bool is_flag() const { return value.empty(); }

  /// True when the value is a path: by convention its placeholder then names a file, folder or template.
  bool takes_path() const;
};

/// A command, or the program with the options before a command.
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

OptionDescription describe(const CLI::Option& option);
ProgramDescription describe(const CLI::App& app);

}  // namespace batchproof::tools
