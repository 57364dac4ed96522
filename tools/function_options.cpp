#include "function_options.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <batchproof/blackbox/handled_in_log.hpp>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/item.hpp>
#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/replay.hpp>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "characters.hpp"
#include "options.hpp"
#include "read_input.hpp"
#include "usage_error.hpp"

namespace batchproof::tools {
namespace {

constexpr InputLimit payload_limit{64, "a payload is part of an event, and those hold 6 MB at most"};

std::vector<std::string>& command_behind_dashes() {
  static std::vector<std::string> command;
  return command;
}

std::pair<std::string, std::string> variable_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos)
    throw UsageError(fmt::format("--env takes NAME=VALUE, and not \"{}\"", text));
  std::string name = text.substr(0, equals);
  if (name == "AWS_LAMBDA_RUNTIME_API")
    throw UsageError("--env cannot set AWS_LAMBDA_RUNTIME_API, the address that batchproof serves");
  return {std::move(name), text.substr(equals + 1)};
}

/// A payload, and where it was read, for an error: "line 2 of good.jsonl".
struct PlacedPayload {
  std::string text;
  std::string place;
};

/// The files in a folder, ordered by name; no hidden ones, such as .gitkeep.
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  try {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const bool is_hidden = entry.path().filename().string().starts_with('.');
      if (entry.is_regular_file() && !is_hidden) files.push_back(entry.path().string());
    }
  } catch (const std::filesystem::filesystem_error& error) {
    throw UsageError(fmt::format("cannot read {}: {}", folder, error.code().message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<PlacedPayload> placed_payloads(const std::string& path) {
  std::vector<PlacedPayload> payloads;
  std::error_code error;  // a path that cannot be asked about cannot be read either
  if (std::filesystem::is_directory(path, error)) {
    for (const std::string& file : files_in(path))
      payloads.push_back({read_input(file, payload_limit), file});
    return payloads;
  }
  const std::string text = read_input(path, payload_limit);
  for (const std::string_view line : lines_of(text)) {
    std::string place = fmt::format("line {} of {}", payloads.size() + 1, path);
    if (line.empty() || line == "\r")  // of a file with Windows's ends of lines
      throw UsageError(place + " is empty; an empty payload is an empty file of a folder");
    payloads.push_back({std::string(line), std::move(place)});
  }
  return payloads;
}

/// Refuses a payload that no record of the source can have.
void refuse_impossible(const PlacedPayload& payload, fixtures::Source source) {
  const fixtures::PayloadKind kind = fixtures::info_of(source).payload_kind;
  if (kind == fixtures::PayloadKind::text && !detail::is_utf8(payload.text))
    throw UsageError(fmt::format("{} is not UTF-8, as the body of a message is", payload.place));
  if (kind != fixtures::PayloadKind::item) return;
  try {
    static_cast<void>(fixtures::item(payload.text));
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("{} is {}", payload.place, error.what()));
  }
}

}  // namespace

void keep_command_of_function(int& argc, char** argv) {
  char** const end = argv + argc;
  char** const dashes = std::find(argv, end, std::string_view("--"));
  if (dashes == end || std::find(argv, dashes, std::string_view("--function")) == dashes) return;
  command_behind_dashes().assign(dashes + 1, end);
  argc = static_cast<int>(dashes - argv);
}

std::string advice_on_command(int argc, char** argv) {
  constexpr std::array<std::string_view, 4> commands{"process", "verify", "replay", "simulate"};
  if (argc < 2 || std::find(commands.begin(), commands.end(), argv[1]) == commands.end()) return "";
  const auto has = [&](std::string_view argument) {
    return std::find(argv, argv + argc, argument) != argv + argc;
  };
  const bool may_be_of_function = command_behind_dashes().empty() && has("--function") != has("--");
  return may_be_of_function ? "; the command of a function is given by --function and --, as in: --function "
                              "-- node index.mjs"
                            : "";
}

void add_function(CLI::App& command, FunctionOptions& options) {
  constexpr NumberRange milliseconds{1, 900'000};  // "Lambda quotas": 15 minutes
  command.add_flag("--function", options.is_used,
                   "A Lambda function in any language; its command follows --");
  command.add_option("--env", options.environment, "A variable for the function; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  command
      .add_option("--working-directory", options.working_directory, "Where the function runs (default: here)")
      ->type_name("FOLDER");
  add_number(command, "--time-limit", options.time_limit_milliseconds, milliseconds,
             "Milliseconds of an invocation (default: 3000, but the function is told 60000)");
  add_number(command, "--init-time-limit", options.init_time_limit_milliseconds, milliseconds,
             "Milliseconds until the function asks for one");
  add_number(command, "--memory", options.memory_megabytes, {128, 10'240},
             "Megabytes that the function is said to have");
  demand_function(command, {"--env", "--working-directory", "--time-limit", "--init-time-limit", "--memory"});
}

void demand_function(CLI::App& command, std::initializer_list<const char*> options) {
  for (const char* const option : options) command.get_option(option)->needs("--function");
}

void refuse_with_function(CLI::App& command, std::initializer_list<const char*> options) {
  for (const char* const option : options) command.get_option("--function")->excludes(option);
}

void add_handled(CLI::App& command, FunctionOptions& options) {
  command
      .add_option("--handled", options.handled,
                  "Finds in the function's log the identifier of each record that it handles, in a capture "
                  "group: 'handled (\\S+)'; that of Kafka is compact JSON, "
                  "{\"partition\":\"orders-0\",\"offset\":16}")
      ->check([](const std::string& expression) -> std::string {
        try {
          static_cast<void>(blackbox::HandledInLog(expression));
          return "";
        } catch (const std::invalid_argument& error) {
          return error.what();
        }
      })
      ->type_name("REGEX");
  demand_function(command, {"--handled"});
}

void add_claims(CLI::App& command, fixtures::ProcessorClaims& claims) {
  command.add_flag("--skip-group-on-error", claims.skip_group_on_error,
                   "FIFO: a failure stops its own message group alone");
  command.add_flag("--stop-on-first-failure", claims.stop_on_first_failure,
                   "Nothing after a failure is handled");
}

Function function_of(const FunctionOptions& options) {
  if (command_behind_dashes().empty() || command_behind_dashes().front().empty())
    throw UsageError("--function needs a command after --, as in: --function -- node index.mjs");
  Function function{.command = command_behind_dashes(),
                    .init_time_limit = std::chrono::milliseconds(options.init_time_limit_milliseconds),
                    .working_directory = options.working_directory,
                    .memory_megabytes = options.memory_megabytes};
  if (options.time_limit_milliseconds)
    function.time_limit = std::chrono::milliseconds(*options.time_limit_milliseconds);
  for (const std::string& text : options.environment) {
    auto [variable, value] = variable_of(text);
    function.environment.insert_or_assign(std::move(variable), std::move(value));
  }
  return function;
}

std::string command_text() {
  std::string text;
  for (const std::string& argument : command_behind_dashes())
    text += (text.empty() ? "" : " ") + properties::quoted_for_shell(argument);
  return text;
}

std::string text_of(const FunctionOptions& options) {
  const FunctionOptions defaults;
  std::string text;
  const auto add = [&](const char* name, const auto& value, const auto& unless) {
    if (value != unless)
      text += fmt::format(" {} {}", name, properties::quoted_for_shell(fmt::format("{}", value)));
  };
  if (options.is_used) text += " --function";
  if (options.claims.skip_group_on_error) text += " --skip-group-on-error";
  if (options.claims.stop_on_first_failure) text += " --stop-on-first-failure";
  if (options.claims.order_by_key) text += " --order-by-key";
  add("--handled", options.handled, defaults.handled);
  for (const std::string& variable : options.environment)
    text += " --env " + properties::quoted_for_shell(variable);
  add("--working-directory", options.working_directory, defaults.working_directory);
  if (options.time_limit_milliseconds)
    text += fmt::format(" --time-limit {}", *options.time_limit_milliseconds);
  add("--init-time-limit", options.init_time_limit_milliseconds, defaults.init_time_limit_milliseconds);
  add("--memory", options.memory_megabytes, defaults.memory_megabytes);
  return text;
}

void add_payloads(CLI::App& command, PayloadPaths& paths, const PayloadPaths& descriptions,
                  std::string& record_fields) {
  command
      .add_option("--accepted", paths.accepted,
                  descriptions.accepted + ": a file with one a line, or a folder with one a file")
      ->check(not_empty)
      ->type_name("PATH");
  command.add_option("--rejected", paths.rejected, descriptions.rejected)
      ->check(not_empty)
      ->type_name("PATH");
  command
      .add_option("--record-fields", record_fields,
                  "Fields of each record beside its payload, such as messageAttributes: a JSON object")
      ->type_name("JSON");
}

std::string text_of(const PayloadPaths& paths, const std::string& record_fields) {
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += fmt::format(" {} {}", name, properties::quoted_for_shell(value));
  };
  add("--accepted", paths.accepted);
  add("--rejected", paths.rejected);
  add("--record-fields", record_fields);
  return text;
}

void check_record_fields(fixtures::Source source, const std::string& record_fields) {
  try {
    const fixtures::RecordFields fields("--record-fields", source, record_fields);
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

std::vector<std::string> read_payloads(const std::string& path, fixtures::Source source) {
  if (path.empty()) return {};
  std::vector<std::string> payloads;
  for (PlacedPayload& payload : placed_payloads(path)) {
    refuse_impossible(payload, source);
    payloads.push_back(std::move(payload.text));
  }
  if (payloads.empty()) throw UsageError(fmt::format("{} holds no payload", path));
  return payloads;
}

void check_both_lists(const fixtures::PayloadList& accepted, const fixtures::PayloadList& rejected) {
  try {
    fixtures::refuse_contradiction("--accepted and --rejected", accepted, rejected);
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

}  // namespace batchproof::tools
