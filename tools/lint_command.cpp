#include "lint_command.hpp"

#include <fmt/core.h>

#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <iostream>

#include "lint_output.hpp"
#include "read_input.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

LintRun lint_all(const std::vector<std::string>& paths) {
  LintRun run;
  for (const std::string& path : paths) {
    try {
      run.files.push_back({path, lint::lint(read_input(path, lint::most_template_bytes))});
    } catch (const lint::TemplateError& error) {
      run.refused.push_back({path, fmt::format("{}: {}", path, error.what())});
    } catch (const UsageError& error) {
      run.refused.push_back({path, error.what()});
    }
  }
  return run;
}

int list_rules(const LintCommand& command) {
  std::cout << (command.json ? json_of_rules() : text_of_rules(wants_colour(stdout)));
  return 0;
}

}  // namespace

int lint_templates(const LintCommand& command) {
  if (command.list_rules) return list_rules(command);
  if (command.paths.empty())
    throw UsageError("a template is missing: batchproof lint TEMPLATE...; batchproof lint --help tells more");
  const LintRun run = lint_all(command.paths);
  const bool nothing_to_show = run.files.empty() && !command.json && !command.sarif;
  if (!nothing_to_show) {
    std::cout << (command.sarif  ? sarif_of(run)
                  : command.json ? json_of(run)
                                 : text_of(run, wants_colour(stdout)));
    std::cout.flush();
  }
  for (const RefusedFile& file : run.refused) fmt::print(stderr, "batchproof: {}\n", printable(file.why));
  if (!run.refused.empty()) return 2;
  return run.findings() == 0 ? 0 : 1;
}

}  // namespace batchproof::tools
