#pragma once

// The option --function: a Lambda function in any language instead of this library's processor. Its command
// follows `--`.

#include <CLI/CLI.hpp>
#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::tools {

/// Removes the arguments after the first `--` and keeps them for `function_of`, if --function is among those
/// before it. Call it once, before the command line is read, so that the command of a function is not read as
/// options.
void keep_command_of_function(int& argc, char** argv);

/// What to say of arguments that are no options where they may be the command of a function: --function or
/// `--` is missing. Empty otherwise.
std::string advice_on_command(int argc, char** argv);

struct FunctionOptions {
  bool is_used = false;
  std::vector<std::string> environment{};  ///< "NAME=VALUE"
  std::optional<std::int64_t> time_limit_milliseconds{};
  std::int64_t init_time_limit_milliseconds = 10'000;
  int memory_megabytes = 128;
  std::string working_directory{};
  std::string handled{};  ///< as in `VerifyFunctionOptions`
  fixtures::ProcessorClaims claims{.reports_every_failure = false};
};

/// Adds --function and the options of its process to a command. `options` must outlive it.
void add_function(CLI::App& command, FunctionOptions& options);

/// Says of options that were added that they are for --function alone, or not for it.
void demand_function(CLI::App& command, std::initializer_list<const char*> options);
void refuse_with_function(CLI::App& command, std::initializer_list<const char*> options);

/// Adds --handled, which refuses an expression that is none.
void add_handled(CLI::App& command, FunctionOptions& options);

/// The options --skip-group-on-error and --stop-on-first-failure, for a command that does not have them.
void add_claims(CLI::App& command, fixtures::ProcessorClaims& claims);

/// The function that the options describe, with the command after `--`. Throws `UsageError` without one.
Function function_of(const FunctionOptions& options);

/// The command of the function, as a user would type it.
std::string command_text();

/// The options that differ from their defaults, as a user would type them after the name of a command.
std::string text_of(const FunctionOptions& options);

/// The paths of `read_payloads`.
struct PayloadPaths {
  std::string accepted{};
  std::string rejected{};
};

/// Adds --accepted and --rejected with these descriptions, and --record-fields.
void add_payloads(CLI::App& command, PayloadPaths& paths, const PayloadPaths& descriptions,
                  std::string& record_fields);

/// The options that are set, as a user would type them.
std::string text_of(const PayloadPaths& paths, const std::string& record_fields);

/// Throws `UsageError` for --record-fields that the records of the source cannot have.
void check_record_fields(fixtures::Source source, const std::string& record_fields);

/// The payloads in a file, one a line, or in a folder, one a file and ordered by name; byte for byte. None
/// for an empty path. Throws `UsageError`, also when there is none, for an empty line, and for one that no
/// record of the source can have; then it names the line or the file.
std::vector<std::string> read_payloads(const std::string& path, fixtures::Source source);

/// Throws `UsageError` for a payload that is in both lists.
void check_both_lists(const fixtures::PayloadList& accepted, const fixtures::PayloadList& rejected);

}  // namespace batchproof::tools
