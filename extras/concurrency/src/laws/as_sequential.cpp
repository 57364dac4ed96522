#include <algorithm>
#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/evidence.hpp>
#include <string>

#include "is_answered.hpp"

namespace batchproof::properties {
namespace {

std::size_t calls_with(const Evidence& evidence, const std::string& identifier) {
  const auto& calls = evidence.run.calls;
  return static_cast<std::size_t>(std::count_if(
      calls.begin(), calls.end(), [&](const auto& call) { return call.item_identifier == identifier; }));
}

std::vector<Violation> violations_of_sequence(const Evidence& evidence) {
  const auto& expected = evidence.expected();
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < expected.size(); ++index) {
    const std::size_t wanted = expected[index] == ExpectedOutcome::stopped ? 0 : 1;
    const std::size_t calls = calls_with(evidence, evidence.batch_case.records[index].item_identifier);
    if (calls == wanted) continue;
    violations.push_back(evidence.name_record(index) + " is handled " + std::to_string(calls) +
                         " times rather than " + std::to_string(wanted));
  }
  if (!evidence.answers_or_may_throw()) {
    violations.push_back("the batch is not answered: " + evidence.run.error);
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

constinit const Law as_sequential{
    .id = "as-sequential",
    .sentence = "The answer means the same as for records handled one after the other.",
    .aws_page = "Implementing partial batch responses",
    .judges = is_answered,
    .violations = violations_of_sequence,
};

}  // namespace batchproof::properties
