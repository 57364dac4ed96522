#include <batchproof/properties/laws.hpp>

#include "../verdicts.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> repeatable_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                             const Observation& observation) {
  for (const Observation& delivered_again : observation.further_runs) {
    auto violations = changed_verdicts(observation, delivered_again, "when it is delivered again");
    if (!violations.empty()) return violations;
  }
  return {};
}

}  // namespace

constinit const Law repeatable{
    .id = "repeatable",
    .sentence = "The same record, delivered again, gets the same verdict.",
    .aws_page = "Amazon SQS at-least-once delivery",
    .input = LawInput::batch_again,
    .applies = applies_always,
    .judges = judges_further_runs,
    .violations = repeatable_violations,
};

}  // namespace batchproof::properties
