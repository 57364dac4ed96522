#pragma once

#include <batchproof/detail/export.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace batchproof::inline v0_1 {
namespace detail {
class StopWatch;
}

/// The facts of an invocation that the Lambda runtime knows, the same as the context object of other runtimes
/// (AWS Lambda developer guide, "Using the Lambda context object"). A plain value; every field may be left
/// out.
struct LambdaContext {
  std::string request_id{};
  std::optional<std::chrono::system_clock::time_point> deadline{};
  std::string function_name{};
  std::size_t memory_limit_megabytes = 0;
  std::string invoked_function_arn{};

  /// The time until the deadline, never negative; nothing when there is no deadline.
  BATCHPROOF_EXPORT std::optional<std::chrono::milliseconds> remaining_time(
      std::chrono::system_clock::time_point now = std::chrono::system_clock::now()) const;

  /// Tells a running handler when to end: a stop is requested when the time left falls below the `.reserve`
  /// of the processor, and never outside a processor or without a deadline. Any thread may call it; the token
  /// stays valid after the invocation.
  BATCHPROOF_EXPORT std::stop_token stop_token() const;

  /// Set by processors; leave it empty.
  std::shared_ptr<detail::StopWatch> stop_watch{};
};

}  // namespace batchproof::inline v0_1
