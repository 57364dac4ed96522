#include "command_description.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

#include "characters.hpp"

namespace batchproof::tools {
namespace {

CommandDescription describe_command(const CLI::App& command) {
  CommandDescription described{
      .name = command.get_name(), .about = command.get_description(), .footer = command.get_footer()};
  for (const CLI::Option* option : command.get_options()) {
    auto& kind = option->get_positional() ? described.positionals : described.options;
    kind.push_back(describe(*option));
  }
  return described;
}

}  // namespace

bool OptionDescription::takes_path() const {
  constexpr std::string_view kinds[] = {"FILE", "FOLDER", "TEMPLATE", "EVENT"};
  return std::any_of(std::begin(kinds), std::end(kinds),
                     [&](std::string_view kind) { return value.find(kind) != std::string::npos; });
}

OptionDescription describe(const CLI::Option& option) {
  OptionDescription described{.names = {},
                              .value = {},
                              .default_value = option.get_default_str(),
                              .environment = option.get_envname(),
                              .text = option.get_description()};
  for (const std::string& name : option.get_snames()) described.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) described.names.push_back("--" + name);
  for (const CLI::Option* other : option.get_excludes()) described.excludes.push_back(other->get_name());
  std::sort(described.excludes.begin(), described.excludes.end());
  if (option.get_items_expected_max() == 0) return described;

  // CLI11 writes the allowed values after the name: "SOURCE:{sqs,kinesis}".
  const std::string type = option.get_type_name();
  const std::size_t list = std::min(type.find(":{"), type.size());
  described.value = type.substr(0, list);
  if (list < type.size() && type.ends_with('}'))
    described.choices = split_at_commas(type.substr(list + 2, type.size() - list - 3));
  return described;
}

ProgramDescription describe(const CLI::App& app) {
  ProgramDescription described{.program = describe_command(app), .commands = {}};
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    described.commands.push_back(describe_command(*command));
  return described;
}

}  // namespace batchproof::tools
