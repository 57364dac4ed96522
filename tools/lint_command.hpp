#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace batchproof::tools {

/// Makes `batchproof lint` known to the command line: its options, its help, and what it does. The action
/// that is set when the command line names it returns the exit status: 0 without findings, 1 with findings
/// (with --strict notes too), 2 when a file is not a template.
void add_lint(CLI::App& app, std::function<int()>& action);

}  // namespace batchproof::tools
