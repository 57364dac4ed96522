#include <algorithm>
#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <string>

namespace batchproof::properties {
namespace {

bool may_run_together(const Evidence& evidence) {
  const auto keys = ordering_keys(evidence.batch_case, evidence.claims);
  const bool all_have_keys = std::all_of(keys.begin(), keys.end(), [](const auto& key) { return key; });
  return evidence.claims.max_concurrency > 1 && all_have_keys &&
         std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key != keys.front(); });
}

std::vector<Violation> violations_of_togetherness(const Evidence& evidence) {
  if (evidence.run.timeline->most_together() > 1) return {};
  return {"one handler runs at a time, where " + std::to_string(evidence.claims.max_concurrency) +
          " may run together"};
}

}  // namespace

constinit const Law runs_together{
    .id = "runs-together",
    .sentence = "Two records that may run together do, under some schedule.",
    .aws_page = "",
    .judges = may_run_together,
    .violations = violations_of_togetherness,
    .expected = "two handlers that run together",
};

}  // namespace batchproof::properties
