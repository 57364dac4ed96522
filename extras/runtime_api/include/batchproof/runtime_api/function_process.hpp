#pragma once

#include <batchproof/runtime_api/function.hpp>
#include <batchproof/runtime_api/invocation.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::runtime_api {

/// One process of a function, and the Lambda Runtime API that it is served on loopback, on a port of its own
/// ("Using the Lambda runtime API for custom runtimes", AWS Lambda developer guide).
///
/// The process has a process group and nearly an environment of its own: the variables that Lambda sets,
/// dummy credentials, an endpoint of AWS where nobody listens. It is no sandbox: a function that reaches a
/// database reaches it. When this object, or this program, ends in whatever way, the process ends and with it
/// every process that it started, those that left its group too.
///
/// The server runs inside `start` and `invoke`, on the caller's thread; between them the function waits. One
/// thread at a time; several objects are independent.
class FunctionProcess {
 public:
  /// Starts nothing. Throws `std::invalid_argument` for a function without a command, with a limit that is
  /// not positive, or with a variable that cannot be set.
  explicit FunctionProcess(Function function);
  ~FunctionProcess();
  FunctionProcess(FunctionProcess&&) noexcept;
  FunctionProcess& operator=(FunctionProcess&&) noexcept;

  /// Starts the process, after ending one that runs, and waits until it asks for its first invocation.
  /// Returns nothing then, and else why not, with `InvocationEnd::not_started` and the log. Throws
  /// `std::system_error` when this system has no port, descriptor or process left.
  std::optional<Invocation> start();

  /// True from a successful `start` until the process ended or ran into a time limit, as far as was seen.
  bool is_running() const noexcept;

  /// Hands the process one event, and waits for its answer. The time limit counts from the moment at which
  /// the process takes the event. Without a running process the result is `InvocationEnd::not_started`.
  Invocation invoke(std::string_view payload);

  /// Hands the process all of these events, as many at a time as it may take. The results have the order of
  /// the events; the log and the misuse of all of them are in the first result.
  std::vector<Invocation> invoke_all(std::span<const std::string> payloads);

  /// Ends the process and all that it started. Does nothing when none runs.
  void stop() noexcept;

 private:
  class Running;
  Function function_;
  std::unique_ptr<Running> running_;
};

}  // namespace batchproof::runtime_api
