#include <algorithm>
#include <batchproof/lambda_context.hpp>

namespace batchproof {

std::optional<std::chrono::milliseconds> LambdaContext::remaining_time(
    std::chrono::system_clock::time_point now) const {
  if (!deadline) return std::nullopt;
  return std::max(std::chrono::milliseconds(0),
                  std::chrono::floor<std::chrono::milliseconds>(*deadline - now));
}

}  // namespace batchproof
