#include <batchproof/properties/laws.hpp>

#include "../run_difference.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> fresh_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                        const Observation& observation) {
  const Observation& again = observation.further_runs.back();
  const auto difference = run_difference(observation, again);
  if (!difference) return {};
  return {"the same batch, after one whose records all failed, " + *difference};
}

}  // namespace

constinit const Law fresh{
    .id = "fresh",
    .sentence = "No outcome depends on an earlier batch.",
    .aws_page = "Lambda execution environment lifecycle",
    .input = LawInput::batch_again,
    .applies = applies_always,
    .judges = judges_further_runs,
    .violations = fresh_violations,
};

}  // namespace batchproof::properties
