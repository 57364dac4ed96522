#include <algorithm>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

bool contained_judges(const fixtures::BatchCase&, const Observation& observation) {
  return std::any_of(observation.calls.begin(), observation.calls.end(),
                     [](const RecordProbe::Call& call) { return call.threw; });
}

std::vector<Violation> contained_violations(const fixtures::BatchCase& batch_case,
                                            const fixtures::ProcessorClaims& claims,
                                            const Observation& observation) {
  const std::vector<ExpectedOutcome> outcomes = expected_outcomes(batch_case, claims);
  const bool all_failed =
      std::find(outcomes.begin(), outcomes.end(), ExpectedOutcome::succeeds) == outcomes.end();
  std::vector<Violation> violations;
  if (!observation.response && !(all_failed && claims.raise_on_entire_batch_failure))
    violations.push_back("what a handler threw left the processor: " + observation.error);
  const HandledRecords handled = handled_records(batch_case, observation);
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (outcomes[index] == ExpectedOutcome::stopped || handled.calls_of_record[index] > 0) continue;
    violations.push_back(name_record(batch_case, index) +
                         " is not handled once another threw, and does not depend on it");
  }
  return violations;
}

}  // namespace

constinit const Law contained{
    .id = "contained",
    .sentence = "Anything that a handler throws, an int too, fails its own record alone.",
    .aws_page = "Implementing partial batch responses",
    .applies = applies_always,
    .judges = contained_judges,
    .violations = contained_violations,
};

}  // namespace batchproof::properties
