#include <algorithm>
#include <batchproof/detail/stop_watch.hpp>
#include <batchproof/lambda_context.hpp>

#include "time_left.hpp"

namespace batchproof::inline v0_1 {

std::optional<std::chrono::milliseconds> LambdaContext::remaining_time(
    std::chrono::system_clock::time_point now) const {
  if (!deadline) return std::nullopt;
  return std::max(std::chrono::milliseconds(0), detail::time_left(*deadline, now));
}

std::stop_token LambdaContext::stop_token() const {
  return stop_watch ? stop_watch->token() : std::stop_token();
}

}  // namespace batchproof::inline v0_1
