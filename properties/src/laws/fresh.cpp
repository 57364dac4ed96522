#include <batchproof/properties/laws.hpp>

#include "../evidence/run_difference.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> fresh_violations(const Evidence& evidence) {
  const Observation& again = evidence.run.further_runs.back();
  const auto difference = run_difference(evidence, Evidence(evidence.batch_case, evidence.claims, again));
  if (!difference) return {};
  return {"the same batch, after another batch, " + *difference};
}

}  // namespace

constinit const Law fresh{
    .id = "fresh",
    .sentence = "No outcome depends on an earlier batch.",
    .aws_page = "Lambda execution environment lifecycle",
    .experiment = Experiment::again,
    .judges = has_further_runs,
    .violations = fresh_violations,
};

}  // namespace batchproof::properties
