#pragma once

// Declares the commands for main.cpp. Each command has one file, NAME_command.cpp, with its options, its help
// and its work; its function add_NAME registers it with the command line.

#include <functional>

namespace CLI {
class App;
}

namespace batchproof::tools {

/// Runs the command that the command line names, and returns the exit status. Throws `UsageError`, or an
/// exception of the library, if it fails.
using Action = std::function<int()>;

void add_process(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_generate(CLI::App& app, Action& action);
void add_simulate(CLI::App& app, Action& action);
void add_zoo(CLI::App& app, Action& action);
void add_merge(CLI::App& app, Action& action);
void add_lint(CLI::App& app, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_manual(CLI::App& app, Action& action);

}  // namespace batchproof::tools
