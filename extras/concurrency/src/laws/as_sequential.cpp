#include <algorithm>
#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/evidence.hpp>
#include <string>

namespace batchproof::properties {
namespace {

std::size_t calls_with(const ConcurrentObservation& observation, const std::string& identifier) {
  const auto& calls = observation.run.calls;
  return static_cast<std::size_t>(std::count_if(
      calls.begin(), calls.end(), [&](const auto& call) { return call.item_identifier == identifier; }));
}

std::vector<Violation> violations_of_sequence(const fixtures::BatchCase& batch_case,
                                              const fixtures::ProcessorClaims& claims, std::size_t,
                                              const ConcurrentObservation& observation) {
  if (observation.is_stuck) return {};
  const Evidence evidence(batch_case, claims, observation.run);
  const auto& expected = evidence.expected();
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < expected.size(); ++index) {
    const std::size_t wanted = expected[index] == ExpectedOutcome::stopped ? 0 : 1;
    const std::size_t calls = calls_with(observation, batch_case.records[index].item_identifier);
    if (calls == wanted) continue;
    violations.push_back(evidence.name_record(index) + " is handled " + std::to_string(calls) +
                         " times rather than " + std::to_string(wanted));
  }
  const bool none_succeeds =
      std::find(expected.begin(), expected.end(), ExpectedOutcome::succeeds) == expected.end();
  if (!observation.run.response && !(none_succeeds && claims.raise_on_entire_batch_failure)) {
    violations.push_back("the batch is not answered: " + observation.run.error);
    return violations;
  }
  const std::vector<bool> due = evidence.due_again();
  for (std::size_t index = 0; index < due.size(); ++index) {
    if (evidence.comes_again(index) == due[index]) continue;
    violations.push_back(evidence.name_record(index) +
                         (due[index] ? " is done, and one after the other it would be delivered again"
                                     : " is delivered again, and one after the other it would be done"));
  }
  return violations;
}

}  // namespace

constinit const ConcurrencyLaw as_sequential{
    .id = "as-sequential",
    .sentence = "The answer means the same as for records handled one after the other.",
    .aws_page = "Implementing partial batch responses",
    .violations = violations_of_sequence,
};

}  // namespace batchproof::properties
