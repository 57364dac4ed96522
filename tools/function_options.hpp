#pragma once

// --function: a Lambda function in any language in place of this library's processor. Its command stands
// behind `--`.

#include <CLI/CLI.hpp>
#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace batchproof::tools {

/// Takes the arguments behind the first `--` away, and keeps them for `function_of`, if one before it is
/// --function. Call it once, before the command line is read, so that nothing reads the command of a function
/// as options.
void keep_command_of_function(int& argc, char** argv);

struct FunctionOptions {
  bool is_used = false;
  std::vector<std::string> environment{};  ///< "NAME=VALUE"
  std::int64_t time_limit_milliseconds = 3000;
  std::int64_t init_time_limit_milliseconds = 10'000;
  int memory_megabytes = 128;
  std::string working_directory{};
  std::string handled{};  ///< as in `VerifyFunctionOptions`
  fixtures::ProcessorClaims claims{.reports_every_failure = false};
};

/// Adds --function and the options of its process and its claims to a command. `options` must outlive it.
void add_function(CLI::App& command, FunctionOptions& options);

/// The options --skip-group-on-error and --stop-on-first-failure, for a command that does not have them.
void add_claims(CLI::App& command, fixtures::ProcessorClaims& claims);

/// The function that the options describe, with the command behind `--`. Throws `UsageError` without one.
Function function_of(const FunctionOptions& options);

/// The command of the function, as it would be typed.
std::string command_text();

/// A text as one argument of a shell.
std::string quoted(const std::string& argument);

/// The options that are not their defaults, as they would be typed behind the name of a command.
std::string text_of(const FunctionOptions& options);

/// The payloads of a file, one a line and byte for byte, or of a folder, one a file, ordered by name. Throws
/// `UsageError`.
std::vector<std::string> read_payloads(const std::string& path);

}  // namespace batchproof::tools
