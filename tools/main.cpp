// Lists the commands, and turns every exception into one line and status 2.

#include <CLI/CLI.hpp>
#include <batchproof/version.hpp>
#include <memory>
#include <sstream>

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
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    std::ostringstream text;
    const int status = app.exit(help_or_version, text, text);
    print(text.str());
    return status;
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
