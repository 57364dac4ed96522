#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <batchproof/lint/lint.hpp>
#include <batchproof/lint/read_template.hpp>
#include <memory>

#include "command.hpp"
#include "lint_output.hpp"
#include "output.hpp"
#include "read_input.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

constexpr const char* about_lint =
    "Find what loses or multiplies records in SAM and CloudFormation templates";

constexpr const char* lint_footer =
    R"(Checked are the event source mappings of SQS, Kinesis and DynamoDB Streams, with their
queues and functions: reporting, timeouts, dead-letter queues, batches and retries.
Parameters count as their defaults; what only a deployment knows is named in a note.

Examples:
  batchproof lint template.yaml
  batchproof lint stacks/*.yaml stacks/*.json
  batchproof lint template.yaml --sarif > lint.sarif
  batchproof lint --list-rules

Status: 0 without findings, 1 with findings, 2 when a file is no template.)";

constexpr InputLimit template_limit{lint::most_template_bytes >> 20U,
                                    "a template of CloudFormation holds 1 MB at most"};

struct LintOptions {
  std::vector<std::string> paths{};
  bool list_rules = false;
  bool json = false;
  bool sarif = false;
};

LintRun lint_all(const std::vector<std::string>& paths) {
  LintRun run;
  for (const std::string& path : paths) {
    try {
      run.files.push_back({path, lint::lint(read_input(path, template_limit))});
    } catch (const lint::TemplateError& error) {
      run.refused.push_back({path, fmt::format("{}: {}", path, error.what())});
    } catch (const UsageError& error) {
      run.refused.push_back({path, error.what()});
    }
  }
  return run;
}

int lint_templates(const LintOptions& options) {
  if (options.list_rules) {
    print(options.json ? json_of_rules() : text_of_rules(wants_colour(stdout)));
    return 0;
  }
  if (options.paths.empty())
    throw UsageError("a template is missing: batchproof lint TEMPLATE...; see batchproof lint --help");
  const LintRun run = lint_all(options.paths);
  const bool nothing_to_show = run.files.empty() && !options.json && !options.sarif;
  if (!nothing_to_show) {
    print(options.sarif ? sarif_of(run) : options.json ? json_of(run) : text_of(run, wants_colour(stdout)));
    flush_output();
  }
  for (const RefusedFile& file : run.refused) complain(file.why);
  if (!run.refused.empty()) return 2;
  return run.findings() == 0 ? 0 : 1;
}

}  // namespace

void add_lint(CLI::App& app, Action& action) {
  const auto options = std::make_shared<LintOptions>();
  CLI::App& command = *app.add_subcommand("lint", about_lint);
  command.add_option("templates", options->paths, "Templates, YAML or JSON; - is the standard input")
      ->type_name("TEMPLATE...");
  command.add_flag("--list-rules", options->list_rules, "Name all rules, and why they are rules");
  CLI::Option* const json = command.add_flag("--json", options->json, "Print one JSON object");
  command.add_flag("--sarif", options->sarif, "Print SARIF 2.1.0, which code hosts show beside the lines")
      ->excludes(json);
  command.footer(lint_footer);
  command.callback([options, &action] { action = [options] { return lint_templates(*options); }; });
}

}  // namespace batchproof::tools
