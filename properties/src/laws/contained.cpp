#include <algorithm>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

bool contained_judges(const Evidence& evidence) {
  return std::any_of(evidence.run.calls.begin(), evidence.run.calls.end(),
                     [](const RecordProbe::Call& call) { return call.threw; });
}

std::vector<Violation> contained_violations(const Evidence& evidence) {
  const std::vector<ExpectedOutcome>& outcomes = evidence.expected();
  std::vector<Violation> violations;
  if (!evidence.is_answered())
    violations.push_back("what a handler threw left the processor: " + evidence.run.error);
  const HandledRecords& handled = evidence.handled();
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    if (outcomes[index] == ExpectedOutcome::stopped || handled.calls_of_record[index] > 0) continue;
    violations.push_back(evidence.name_record(index) +
                         " is not handled once another threw, and does not depend on it");
  }
  return violations;
}

}  // namespace

constinit const Law contained{
    .id = "contained",
    .sentence = "Anything that a handler throws, an int too, fails its own record alone.",
    .aws_page = "Implementing partial batch responses",
    .judges = contained_judges,
    .violations = contained_violations,
};

}  // namespace batchproof::properties
