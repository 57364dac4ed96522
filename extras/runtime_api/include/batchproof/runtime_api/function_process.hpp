#pragma once

#include <batchproof/runtime_api/function.hpp>
#include <batchproof/runtime_api/invocation.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::runtime_api {

/// One process of a function, and the Lambda Runtime API that serves it on a port of its own on loopback
/// ("Using the Lambda runtime API for custom runtimes", AWS Lambda developer guide).
///
/// The process has a process group and nearly an environment of its own: the variables that Lambda sets,
/// dummy credentials, and an AWS endpoint where nobody listens. It is not a sandbox: a function can reach a
/// database. When this object is destroyed, or this program ends in any way, the process ends too, with every
/// process that it started, even those that left its group.
///
/// The server runs only inside `start` and `invoke`, on the caller's thread; between them the function waits.
/// One thread at a time; several objects are independent.
class FunctionProcess {
 public:
  /// Starts nothing. Throws `std::invalid_argument` for a function without a command, with a limit that is
  /// not positive, or with a variable that cannot be set.
  explicit FunctionProcess(Function function);
  ~FunctionProcess();
  FunctionProcess(FunctionProcess&&) noexcept;
  FunctionProcess& operator=(FunctionProcess&&) noexcept;

  /// Starts the process, after ending one that runs, and waits for nothing: it initialises beside other work,
  /// and the next `start` waits for this one. Throws as `start` does.
  void start_ahead();

  /// Starts the process, after ending one that runs, and waits until it asks for its first invocation.
  /// Returns nothing on success; otherwise `InvocationEnd::not_started` with the reason and the log. Throws
  /// `std::system_error` when this system has no port, descriptor or process left.
  std::optional<Invocation> start();

  /// True from a successful `start` until the process is known to have ended or to have run into a time
  /// limit.
  bool is_running() const noexcept;

  /// Invokes the process with one event, and waits for its answer. The time limit counts from the moment at
  /// which the process takes the event; with a shorter `patience` the answer must come within that, though
  /// the function is told the same deadline. Without a running process the result is
  /// `InvocationEnd::not_started`.
  Invocation invoke(std::string_view payload, std::optional<std::chrono::milliseconds> patience = {});

  /// Invokes the process with all of these events, at most `max_concurrency` at a time; the limit of each
  /// counts from the moment at which the process takes it. The results have the order of the events; the
  /// first result holds the log and the misuse of all.
  std::vector<Invocation> invoke_all(std::span<const std::string> payloads,
                                     std::optional<std::chrono::milliseconds> patience = {});

  /// Ends the process and all that it started. Does nothing when none runs.
  void stop() noexcept;

 private:
  class Running;
  Function function_;
  std::unique_ptr<Running> running_;
};

}  // namespace batchproof::runtime_api
