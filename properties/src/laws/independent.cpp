#include <batchproof/properties/laws.hpp>

#include "../verdicts.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> independent_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                              const Observation& observation) {
  std::vector<Violation> violations;
  for (const Observation& run : observation.further_runs) {
    const auto changed =
        changed_verdicts(observation, run, "when record " + std::to_string(*run.left_out) + " is left out");
    violations.insert(violations.end(), changed.begin(), changed.end());
  }
  return violations;
}

}  // namespace

constinit const Law independent{
    .id = "independent",
    .sentence = "A record gets the same verdict whatever other records its batch holds.",
    .aws_page = "Implementing partial batch responses",
    .input = LawInput::batch_in_part,
    .applies = applies_always,
    .judges = judges_further_runs,
    .violations = independent_violations,
};

}  // namespace batchproof::properties
