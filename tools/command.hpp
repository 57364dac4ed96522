#pragma once

// How commands and main.cpp meet: each command has one file, NAME_command.cpp, with its options, its help and
// what it does; its function add_NAME makes it known to the command line.

#include <functional>

namespace CLI {
class App;
}

namespace batchproof::tools {

/// Runs the command that the command line names, and returns the exit status. Throws `UsageError`, or what
/// the library throws, where it cannot.
using Action = std::function<int()>;

void add_process(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_generate(CLI::App& app, Action& action);
void add_simulate(CLI::App& app, Action& action);
void add_zoo(CLI::App& app, Action& action);
void add_lint(CLI::App& app, Action& action);

}  // namespace batchproof::tools
