#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::inline v0_1 {

/// A Lambda function in any language, as a description: the command that starts it, and its limits. It starts
/// nothing; `verify_function` and `runtime_api::FunctionProcess` start processes of it.
struct Function {
  /// The program and its arguments, as a shell would find it: "node", "ric.mjs". No shell reads it.
  std::vector<std::string> command;

  /// Variables that are added to those that Lambda sets, or replace them. The process inherits only PATH from
  /// this one. AWS_LAMBDA_RUNTIME_API cannot be set.
  std::map<std::string, std::string> environment{};

  /// Of an invocation, as the function's configuration has it: its answer must come within it, and it is told
  /// the deadline. Without one the answer must come within 3 s, and the function is told that it has 60 s,
  /// since many refuse records where little time is left.
  std::optional<std::chrono::milliseconds> time_limit{};
  std::chrono::milliseconds init_time_limit = std::chrono::seconds(10);  ///< until it asks for an invocation

  std::string working_directory{};  ///< that of this process when empty
  int memory_megabytes = 128;       ///< in the environment of the function, and not enforced

  /// Lambda managed instances: how many invocations run at the same time in one process, which reads the
  /// number from AWS_LAMBDA_MAX_CONCURRENCY. 1: an ordinary function.
  int max_concurrency = 1;

  /// The limit of the output that is kept of one invocation: its beginning and its end.
  std::size_t log_limit_bytes = std::size_t{1} << 20;

  /// How long an answer is awaited.
  std::chrono::milliseconds awaited_time() const { return time_limit.value_or(std::chrono::seconds(3)); }

  /// The time that the function is told to have for an invocation.
  std::chrono::milliseconds told_time() const { return time_limit.value_or(std::chrono::seconds(60)); }
};

}  // namespace batchproof::inline v0_1
