#include <algorithm>
#include <batchproof/concurrency/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_the_limit(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                               std::size_t max_concurrency,
                                               const ConcurrentObservation& observation) {
  std::size_t running = 0;
  std::size_t most = 0;
  for (const HandlerStep& step : observation.steps) {
    running = step.ends ? running - 1 : running + 1;
    most = std::max(most, running);
  }
  if (most <= max_concurrency) return {};
  return {std::to_string(most) + " handlers ran together, and the limit is " +
          std::to_string(max_concurrency)};
}

}  // namespace

constinit const ConcurrencyLaw within_limit{
    .id = "within-limit",
    .sentence = "At most as many handlers as the limit run together.",
    .aws_page = "",
    .violations = violations_of_the_limit,
};

}  // namespace batchproof::properties
