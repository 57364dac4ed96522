#include <batchproof/properties/laws.hpp>

#include "changed_verdicts.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> repeatable_violations(const Evidence& evidence) {
  for (const Observation& delivered_again : evidence.run.further_runs) {
    auto violations = changed_verdicts(evidence.run, delivered_again, "when it is delivered again");
    if (!violations.empty()) return violations;
  }
  return {};
}

}  // namespace

constinit const Law repeatable{
    .id = "repeatable",
    .sentence = "The same record, delivered again, gets the same verdict.",
    .aws_page = "Amazon SQS at-least-once delivery",
    .experiment = Experiment::again,
    .judges = has_further_runs,
    .violations = repeatable_violations,
};

}  // namespace batchproof::properties
