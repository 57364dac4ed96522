#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "command.hpp"
#include "completion.hpp"
#include "output.hpp"

namespace batchproof::tools {
namespace {

constexpr const char* about_completion = "Print a script that completes the command line in a shell";

constexpr const char* completion_footer =
    R"(Packages install these scripts. For a batchproof that was copied here alone:
  bash   put  source <(batchproof completion bash)  into ~/.bashrc
  zsh    put  source <(batchproof completion zsh)   behind compinit in ~/.zshrc
  fish   batchproof completion fish > ~/.config/fish/completions/batchproof.fish

Status: 0)";

std::string completion_of(const std::string& shell, const ProgramDescription& program) {
  if (shell == "bash") return bash_completion(program);
  return shell == "zsh" ? zsh_completion(program) : fish_completion(program);
}

}  // namespace

void add_completion(CLI::App& app, Action& action) {
  const auto shell = std::make_shared<std::string>();
  CLI::App& command = *app.add_subcommand("completion", about_completion);
  command.add_option("shell", *shell, "The shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->type_name("SHELL");
  command.footer(completion_footer);
  command.callback([shell, &app, &action] {
    action = [shell, &app] {
      print(completion_of(*shell, describe(app)));
      return 0;
    };
  });
}

}  // namespace batchproof::tools
