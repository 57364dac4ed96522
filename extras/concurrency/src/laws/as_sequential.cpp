#include <algorithm>
#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/service_view.hpp>
#include <string>

namespace batchproof::properties {
namespace {

std::string listed(const std::vector<std::string>& identifiers) {
  std::string text;
  for (const std::string& identifier : identifiers) {
    text += text.empty() ? "\"" : ", \"";
    text += identifier;
    text += '"';
  }
  return text.empty() ? "nothing" : text;
}

std::size_t calls_with(const ConcurrentObservation& observation, const std::string& identifier) {
  const auto& calls = observation.run.calls;
  return static_cast<std::size_t>(std::count_if(
      calls.begin(), calls.end(), [&](const auto& call) { return call.item_identifier == identifier; }));
}

std::vector<Violation> violations_of_sequence(const fixtures::BatchCase& batch_case,
                                              const fixtures::ProcessorClaims& claims, std::size_t,
                                              const ConcurrentObservation& observation) {
  if (observation.is_stuck) return {};
  const std::vector<ExpectedOutcome> outcomes = expected_outcomes(batch_case, claims);
  std::vector<std::string> failed;
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    const std::string& identifier = batch_case.records[index].item_identifier;
    if (outcomes[index] != ExpectedOutcome::succeeds) failed.push_back(identifier);
    const std::size_t wanted = outcomes[index] == ExpectedOutcome::stopped ? 0 : 1;
    const std::size_t calls = calls_with(observation, identifier);
    if (calls == wanted) continue;
    violations.push_back("record " + std::to_string(index) + " (\"" + identifier + "\") is handled " +
                         std::to_string(calls) + " times rather than " + std::to_string(wanted));
  }
  const bool may_throw =
      !failed.empty() && failed.size() == outcomes.size() && claims.raise_on_entire_batch_failure;
  if (!observation.run.response) {
    if (!may_throw) violations.push_back("the batch is not answered: " + observation.run.error);
    return violations;
  }
  const ServiceView view = read_as_service(observation.run, batch_case);
  if (view.whole_batch) {
    violations.push_back("the service takes the answer for a failure of the whole batch: " +
                         *view.whole_batch);
  } else if (view.reported != failed) {
    violations.push_back("reported is " + listed(view.reported) + ", and one after the other it would be " +
                         listed(failed));
  }
  return violations;
}

}  // namespace

constinit const ConcurrencyLaw as_sequential{
    .id = "as-sequential",
    .sentence = "The answer is the same as for records handled one after the other.",
    .aws_page = "Implementing partial batch responses",
    .violations = violations_of_sequence,
};

}  // namespace batchproof::properties
