#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"
#include "manual_page.hpp"
#include "output.hpp"

namespace batchproof::tools {
namespace {

constexpr const char* about_manual = "Print the manual of all commands, as man reads it";

constexpr const char* manual_footer =
    R"(Packages install it as batchproof(1).

Examples:
  batchproof manual | man -l -
  batchproof manual --markdown > commands.md

Status: 0)";

}  // namespace

void add_manual(CLI::App& app, Action& action) {
  const auto markdown = std::make_shared<bool>(false);
  CLI::App& command = *app.add_subcommand("manual", about_manual);
  command.add_flag("--markdown", *markdown, "Print Markdown");
  command.footer(manual_footer);
  command.callback([markdown, &app, &action] {
    action = [markdown, &app] {
      const ProgramDescription program = describe(app);
      print(*markdown ? manual_markdown(program) : manual_page(program));
      return 0;
    };
  });
}

}  // namespace batchproof::tools
