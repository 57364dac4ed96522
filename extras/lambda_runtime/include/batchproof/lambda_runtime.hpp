#pragma once

// Functions that run on aws-lambda-cpp. Opt-in: the component lambda_runtime is built if CMake finds
// aws-lambda-cpp.

#include <aws/lambda-runtime/runtime.h>

#include <batchproof/invocation_answer.hpp>
#include <batchproof/lambda_context.hpp>
#include <batchproof/lambda_runtime/detail/process.hpp>
#include <batchproof/process_partial_response.hpp>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace batchproof {

/// The context of an invocation: request id, deadline (if there is one) and invoked ARN from the runtime, the
/// function's name and memory from the environment (AWS Lambda developer guide, "Defined runtime
/// environment variables").
inline LambdaContext context_of(const ::aws::lambda_runtime::invocation_request& request) {
  LambdaContext context{.request_id = request.request_id, .invoked_function_arn = request.function_arn};
  if (request.deadline != std::chrono::system_clock::time_point{}) context.deadline = request.deadline;
  if (const char* const name = std::getenv("AWS_LAMBDA_FUNCTION_NAME")) context.function_name = name;
  if (const char* const memory = std::getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")) {
    const std::string_view digits = memory;
    std::from_chars(digits.data(), digits.data() + digits.size(), context.memory_limit_megabytes);
  }
  return context;
}

/// Answers invocations for as long as the process lives: calls `process(payload, context)`, of
/// `(std::string_view, const LambdaContext&)`, for each of them, one at a time, and sends the `std::string`
/// that it returns. It serves uses beyond `run_batch_handler`: coroutine handlers, several processors, access
/// to the `ProcessedBatch`.
///
/// No exception of `process` ends the process: it fails the invocation as `answer_invocation` describes, and
/// is written to stderr as a line of the function's log, since aws-lambda-cpp does not log it.
///
/// Output to stdout, `std::cout` or `std::clog` is in the log before the answer is sent; output to stdout,
/// and to `std::cout` unless it is not synchronised with stdout, line by line. glibc gives free memory back
/// sooner than by default, unless the environment sets its parameters.
///
/// Returns the exit status of the process, with a line on stderr, when an answer cannot be sent or the
/// runtime gives no more invocations: `int main() { return batchproof::run_invocations(process); }`. The
/// service then starts a new one.
template <class Process>
[[nodiscard]] int run_invocations(Process&& process) {
  detail::print_by_line();
  detail::return_free_memory();
  // No exception may leave this callback of the runtime: noexcept ends the process if there is no memory for
  // the few bytes of an answer.
  ::aws::lambda_runtime::run_handler([&](const ::aws::lambda_runtime::invocation_request& request) noexcept {
    const InvocationAnswer answer = answer_invocation(
        [&]() -> std::string { return process(std::string_view(request.payload), context_of(request)); });
    if (!answer.succeeded) {
      std::fprintf(stderr, "batchproof: invocation %s failed: %s\n", request.request_id.c_str(),
                   answer.body.c_str());
    }
    detail::flush_output();
    // Not `failure(message, type)`, which escapes bytes over 0x7F wrongly.
    return ::aws::lambda_runtime::invocation_response(answer.body, "application/json", answer.succeeded);
  });
  std::fputs("batchproof: the Lambda runtime has ended: no answer was taken, or no invocation given\n",
             stderr);
  return EXIT_FAILURE;
}

/// A function in one line: runs `process_partial_response` with this handler and processor for each
/// invocation, as `run_invocations` does.
///
///     int main() { return batchproof::run_batch_handler(handle_order, processor); }
template <class Handler, class Processor>
[[nodiscard]] int run_batch_handler(Handler&& handler, Processor&& processor) {
  return run_invocations([&](std::string_view payload, const LambdaContext& context) {
    return process_partial_response(payload, handler, processor, context);
  });
}

}  // namespace batchproof
