#include <batchproof/concurrency/laws.hpp>
#include <string>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_the_limit(const Evidence& evidence) {
  const std::size_t limit = evidence.claims.max_concurrency;
  const std::size_t most = evidence.run.timeline->most_together();
  if (most <= limit) return {};
  return {std::to_string(most) + " handlers ran together, and the limit is " + std::to_string(limit)};
}

}  // namespace

constinit const Law within_limit{
    .id = "within-limit",
    .sentence = "At most as many handlers as the limit run together.",
    .aws_page = "",
    .violations = violations_of_the_limit,
};

}  // namespace batchproof::properties
