// Lists the commands, and turns every exception into one line and status 2.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/version.hpp>
#include <cstddef>
#include <exception>
#include <sstream>
#include <string>
#include <string_view>

#include "command.hpp"
#include "function_options.hpp"
#include "output.hpp"
#include "overview.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

constexpr int could_not_do_it = 2;

void complain_about(const FunctionNotStarted& error) {
  complain(error.what());
  constexpr std::size_t most_bytes = 1000;
  constexpr std::string_view blank = " \t\r\n";
  std::string_view log = error.log();
  log = log.substr(0, log.find_last_not_of(blank) + 1);
  if (log.empty()) return;
  const bool is_short = log.size() <= most_bytes;
  if (!is_short) log = log.substr(log.size() - most_bytes);
  const std::string heading = is_short ? "it printed:" : "its log ends:";
  if (log.find('\n') == std::string_view::npos) return complain(heading + ' ' + std::string(log));
  complain(heading);
  for (std::size_t begin = 0; begin < log.size();) {
    const std::size_t end = std::min(log.find('\n', begin), log.size());
    complain("  " + std::string(log.substr(begin, end - begin)));
    begin = end + 1;
  }
}

int run(int argc, char** argv) {
  keep_command_of_function(argc, argv);
  CLI::App app(about, "batchproof");
  app.set_version_flag("--version", "batchproof " BATCHPROOF_VERSION);
  app.require_subcommand(0, 1);
  app.footer(examples);
  app.get_formatter()->column_width(36);
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
  } catch (const CLI::Error& error) {
    complain(std::string(error.what()) + "; see batchproof --help");
  } catch (const batchproof::FunctionNotStarted& error) {
    complain_about(error);
  } catch (const std::exception& error) {
    complain(error.what());
  } catch (...) {
    complain("stopped by an exception of an unknown kind");
  }
  return could_not_do_it;
}
