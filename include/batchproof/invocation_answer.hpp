#pragma once

#include <batchproof/detail/contain.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/status.hpp>
#include <optional>
#include <string>
#include <utility>

namespace batchproof::inline v0_1 {

/// How one invocation ended, as a Lambda runtime reports it to the service.
struct InvocationAnswer {
  bool succeeded = false;

  /// JSON: the function's response, or the error object of a failed invocation.
  std::string body{};
};

namespace detail {

BATCHPROOF_EXPORT InvocationAnswer answer_failure(const Failure& failure) noexcept;

}  // namespace detail

/// Calls `process()`, and makes the answer of one invocation. For runtimes that do not catch the exceptions
/// of a function; `<batchproof/lambda_runtime.hpp>` does it for aws-lambda-cpp.
///
/// The text that `process` returns is the body. Any exception fails the invocation, so that the service
/// delivers the whole batch again; the body is then (AWS Lambda developer guide, "Using the Lambda runtime
/// API for custom runtimes")
///
///     {"errorMessage":"...","errorType":"BatchProcessingError","stackTrace":[]}
///
/// with the exception's text, and its type: those of this library without a namespace, others with theirs.
/// Bytes of the text that are not UTF-8 become U+FFFD, and it ends after 64 KiB. As thread-safe as `process`.
template <class Process>
InvocationAnswer answer_invocation(Process&& process) noexcept {
  InvocationAnswer answer;
  // Contained twice: when memory is short, describing the exception may throw too.
  const auto failure = detail::contain([&] {
    return detail::contain([&]() -> std::optional<Failure> {
      answer.body = std::forward<Process>(process)();
      return std::nullopt;
    });
  });
  if (failure) return detail::answer_failure(*failure);
  answer.succeeded = true;
  return answer;
}

}  // namespace batchproof::inline v0_1
