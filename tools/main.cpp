// Lists the commands, and turns every exception into one line and status 2.

#include <CLI/CLI.hpp>
#include <batchproof/version.hpp>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "command.hpp"
#include "complaint.hpp"
#include "function_options.hpp"
#include "help_formatter.hpp"
#include "output.hpp"
#include "overview.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

constexpr int could_not_do_it = 2;

/// Where to read about the options of the command that was given.
std::string help_of_command(const CLI::App& app, int argc, char** argv) {
  const std::string given = argc > 1 ? argv[1] : "";
  const auto named_so = [&](const CLI::App* command) { return command->get_name() == given; };
  const bool is_command = !app.get_subcommands(named_so).empty();
  return "; see batchproof " + (is_command ? given + ' ' : "") + "--help";
}

/// CLI11 reads the variables of all commands, and a wrong one would end each of them. The manual shows all.
void forget_variables_of_others(CLI::App& app, std::string_view given) {
  if (given == "manual") return;
  for (CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == given) continue;
    for (CLI::Option* const option : command->get_options()) option->envname("");
  }
}

int run(int argc, char** argv) {
  keep_command_of_function(argc, argv);
  CLI::App app(about, "batchproof");
  app.set_version_flag("--version", "batchproof " BATCHPROOF_VERSION);
  app.require_subcommand(0, 1);
  app.footer(examples);
  app.formatter(std::make_shared<HelpFormatter>());
  Action action;
  for (const auto add : {add_process, add_verify, add_generate, add_replay, add_zoo, add_simulate, add_merge,
                         add_lint, add_completion, add_manual})
    add(app, action);
  forget_variables_of_others(app, argc > 1 ? argv[1] : "");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    std::ostringstream text;
    const int status = app.exit(help_or_version, text, text);
    print(text.str());
    return status;
  } catch (const CLI::Error& error) {
    const bool are_extras = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    throw UsageError(error.what() + (are_extras ? advice_on_command(argc, argv) : "") +
                     help_of_command(app, argc, argv));
  }
  if (!action) {
    throw UsageError(
        "a command is missing: process, verify, replay, generate, simulate, zoo, merge or lint; see "
        "batchproof --help");
  }
  return action();
}

}  // namespace
}  // namespace batchproof::tools

int main(int argc, char** argv) {
  using namespace batchproof::tools;
  reserve_standard_streams();
  try {
    const int status = run(argc, argv);
    flush_output();
    return status;
  } catch (...) {
    complain_about_exception();
  }
  return could_not_do_it;
}
