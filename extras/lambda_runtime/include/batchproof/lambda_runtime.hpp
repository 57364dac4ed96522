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
#include <thread>
#include <type_traits>
#include <vector>

namespace batchproof::inline v0_1 {

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

namespace detail {

/// Fetches invocations and answers them, one at a time, until an answer cannot be sent or no more come.
template <class Process>
void answer_invocations(Process& process) {
  // No exception may leave this callback of the runtime: noexcept ends the process if there is no memory even
  // for the few bytes of an answer.
  ::aws::lambda_runtime::run_handler([&](const ::aws::lambda_runtime::invocation_request& request) noexcept {
    const InvocationAnswer answer = answer_invocation(
        [&]() -> std::string { return process(std::string_view(request.payload), context_of(request)); });
    if (!answer.succeeded) {
      std::fprintf(stderr, "batchproof: invocation %s failed: %s\n", request.request_id.c_str(),
                   answer.body.c_str());
    }
    detail::flush_output();
    // `failure(message, type)` is not used: it escapes bytes over 0x7F wrongly.
    return ::aws::lambda_runtime::invocation_response(answer.body, "application/json", answer.succeeded);
  });
}

}  // namespace detail

/// Answers invocations for as long as the process lives: calls `process(payload, context)`, of
/// `(std::string_view, const LambdaContext&)`, for each of them, one at a time, and sends the `std::string`
/// that it returns. Use it where `run_batch_handler` is not enough: for coroutine handlers, several
/// processors, access to the `ProcessedBatch`.
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
  detail::answer_invocations(process);
  std::fputs(detail::runtime_has_ended, stderr);
  return EXIT_FAILURE;
}

/// The same for Lambda managed instances, where a process takes several invocations at the same time. It
/// starts as many loops, on threads of their own, as the environment variable AWS_LAMBDA_MAX_CONCURRENCY
/// says; one when that is missing or not a number above 0. `make_process()` is called once for each loop, on
/// the calling thread and before the first loop starts; it returns a `process` as for `run_invocations`,
/// which only that loop calls. A loop that ends leaves the others running.
///
/// A time-out fails its invocation but does not stop its code there: watch `remaining_time`. AWS does not
/// list C++ among the languages of managed instances ("Lambda Managed Instances runtimes", AWS Lambda
/// developer guide).
template <class MakeProcess>
[[nodiscard]] int run_invocations_concurrently(MakeProcess&& make_process) {
  detail::print_by_line();
  detail::return_free_memory();
  const ::aws::lambda_runtime::runtime initialises_curl("http://localhost");  // threads must not do it
  std::vector<std::decay_t<decltype(make_process())>> processes;
  const std::size_t loops = detail::max_concurrency_of_environment();
  processes.reserve(loops);
  while (processes.size() < loops) processes.push_back(make_process());
  {
    std::vector<std::jthread> threads;
    threads.reserve(loops - 1);
    for (std::size_t loop = 1; loop < loops; ++loop)
      threads.emplace_back([&process = processes[loop]] { detail::answer_invocations(process); });
    detail::answer_invocations(processes.front());
  }
  std::fputs(detail::runtime_has_ended, stderr);
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

/// `run_batch_handler` on managed instances, as `run_invocations_concurrently` runs it: handler and processor
/// are called from several threads at the same time, and shared by them.
template <class Handler, class Processor>
[[nodiscard]] int run_batch_handler_concurrently(const Handler& handler, const Processor& processor) {
  return run_invocations_concurrently([&] {
    return [&](std::string_view payload, const LambdaContext& context) {
      return process_partial_response(payload, handler, processor, context);
    };
  });
}

}  // namespace batchproof::inline v0_1
