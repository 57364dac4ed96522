#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <batchproof/lint/lint.hpp>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "lint_files.hpp"
#include "lint_output.hpp"
#include "options.hpp"
#include "output.hpp"
#include "terminal.hpp"
#include "usage_error.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

constexpr const char* about_lint = "Find settings that AWS would refuse, or that lose or multiply records";

constexpr const char* lint_footer =
    R"(Templates of CloudFormation, SAM and CDK (YAML or JSON), serverless.yml and the
JSON of terraform show are read. The event source mappings and pipes of SQS,
Kinesis, DynamoDB Streams and Kafka are checked, with their queues and
functions. Several templates are one application: one may import what another
exports, or nest it. Of a folder all templates are read. Parameters count as
their defaults; without one each AllowedValue is tried. A value that only a
deployment knows is named in a note.

To ignore a finding write on its line, or above it:
  # batchproof: ignore RULE because REASON
or in a resource, or in the template:
  Metadata: {batchproof: {ignore: {RULE: REASON}}}

Examples:
  batchproof lint template.yaml
  batchproof lint stacks/ --parameter Stage=prod --strict
  batchproof lint template.yaml --source kafka
  batchproof lint template.yaml --sarif > lint.sarif
  batchproof lint --list-rules

Status: 0 without findings, 1 with findings, 2 when a file is not a template, or
a folder has none.)";

struct LintCommand {
  std::vector<std::string> paths{};
  std::vector<std::string> parameters{};
  std::vector<std::string> sources{};
  bool list_rules = false;
  bool json = false;
  bool sarif = false;
  bool strict = false;
};

/// The names of what an event source reads: of a stream that may be of Kinesis or DynamoDB, and of a queue
/// that may be a FIFO queue or not, both.
std::vector<std::string> names_of_kind(const lint::EventSource& source) {
  const auto text = [](fixtures::Source named) { return std::string(fixtures::name(named)); };
  switch (source.kind) {
    case lint::SourceKind::sqs:
      if (!source.fifo.is_known()) return {text(fixtures::Source::sqs), text(fixtures::Source::sqs_fifo)};
      return {text(source.fifo.value ? fixtures::Source::sqs_fifo : fixtures::Source::sqs)};
    case lint::SourceKind::stream:
      return {std::string(name_of(lint::SourceKind::kinesis)),
              std::string(name_of(lint::SourceKind::dynamodb))};
    default:
      return {std::string(name_of(source.kind))};
  }
}

/// The same, and those of a pipe or of a stream with windows.
std::vector<std::string> names_of(const lint::EventSource& source) {
  std::vector<std::string> names = names_of_kind(source);
  const bool has_windows =
      source.has_shards() && (!source.tumbling_window.is_known() || source.tumbling_window.value > 0);
  for (std::size_t kinds = names.size(), nth = 0; nth < kinds; ++nth) {
    if (source.is_pipe) names.push_back(names[nth] + "_pipe");
    if (has_windows) names.push_back(names[nth] + "_window");
  }
  return names;
}

lint::LintOptions options_of(const LintCommand& command) {
  lint::LintOptions options;
  for (const std::string& parameter : command.parameters) {
    const std::size_t equals = parameter.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw UsageError(fmt::format("--parameter {}: write NAME=VALUE", parameter));
    options.parameters[parameter.substr(0, equals)] = parameter.substr(equals + 1);
  }
  if (!command.sources.empty()) {
    options.judges = [&chosen = command.sources](const lint::EventSource& source) {
      const auto names = names_of(source);
      return std::find_first_of(chosen.begin(), chosen.end(), names.begin(), names.end()) != chosen.end();
    };
  }
  return options;
}

/// A name with a slip would leave the parameter at its default without a word. Where a template is refused,
/// that one may declare it.
void check_parameters_are_declared(const lint::LintOptions& options, const LintRun& run) {
  if (!run.refused.empty()) return;
  std::set<std::string> declared;
  for (const lint::LintedFile& file : run.files)
    declared.insert(file.linted.parameters.begin(), file.linted.parameters.end());
  for (const auto& [name, value] : options.parameters) {
    if (declared.contains(name)) continue;
    throw UsageError(fmt::format("--parameter {}: no template has this parameter; they have {}", name,
                                 declared.empty() ? "none" : joined(declared)));
  }
}

/// Otherwise a check of the wrong folder would pass. A file in it that is refused may be a template.
void refuse_folders_without_templates(const std::vector<LintFolder>& folders, LintRun& run) {
  std::set<std::string> templates;
  for (const lint::LintedFile& file : run.files) templates.insert(file.path);
  for (const RefusedFile& file : run.refused) templates.insert(file.path);
  for (const LintFolder& folder : folders) {
    const bool has_one = std::any_of(folder.files.begin(), folder.files.end(),
                                     [&](const std::string& file) { return templates.contains(file); });
    if (!has_one) run.refused.push_back({folder.path, why_no_template(folder.path)});
  }
}

LintRun lint_all(const LintCommand& command) {
  const lint::LintOptions options = options_of(command);
  LintFiles files = read_lint_files(command.paths);
  LintRun run{.files = {}, .refused = std::move(files.refused), .strict = command.strict};
  for (lint::LintedFile& file : lint::lint(std::move(files.templates), options)) {
    if (file.refused.empty()) {
      run.files.push_back(std::move(file));
    } else {
      run.refused.push_back({file.path, fmt::format("{}: {}", file.path, file.refused)});
    }
  }
  refuse_folders_without_templates(files.folders, run);
  check_parameters_are_declared(options, run);
  return run;
}

int lint_templates(const LintCommand& command) {
  if (command.list_rules) {
    print(command.json ? json_of_rules() : text_of_rules(wants_colour(stdout)));
    return 0;
  }
  if (command.paths.empty())
    throw UsageError("a template is missing: batchproof lint TEMPLATE...; see batchproof lint --help");
  const LintRun run = lint_all(command);
  const bool nothing_to_show = run.files.empty() && !run.refused.empty() && !command.json && !command.sarif;
  if (!nothing_to_show) {
    print(command.sarif ? sarif_of(run) : command.json ? json_of(run) : text_of(run, wants_colour(stdout)));
    flush_output();
  }
  for (const RefusedFile& file : run.refused) complain(file.why);
  if (!run.refused.empty()) return 2;
  return run.passed() ? 0 : 1;
}

}  // namespace

void add_lint(CLI::App& app, Action& action) {
  const auto command = std::make_shared<LintCommand>();
  CLI::App& lint = *app.add_subcommand("lint", about_lint);
  lint.add_option("templates", command->paths, "Templates or folders; - is standard input")
      ->type_name("TEMPLATE...");
  lint.add_option("--parameter", command->parameters, "A parameter's value; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  lint.add_option("--source", command->sources, "Sources to check: kafka, sqs_pipe, ...")
      ->transform(short_source_names())
      ->check(CLI::IsMember(source_names()).description(""))  // the list is wider than the help
      ->type_name("SOURCE")
      ->allow_extra_args(false);
  lint.add_flag("--strict", command->strict, "Notes count as findings: status 1");
  CLI::Option* const list_rules =
      lint.add_flag("--list-rules", command->list_rules, "Each rule, why it is one, its AWS page");
  CLI::Option* const json = lint.add_flag("--json", command->json, "Print one JSON object");
  lint.add_flag("--sarif", command->sarif, "Print SARIF 2.1.0 for code hosts")
      ->excludes(json)
      ->excludes(list_rules);
  lint.footer(lint_footer);
  lint.callback([command, &action] { action = [command] { return lint_templates(*command); }; });
}

}  // namespace batchproof::tools
