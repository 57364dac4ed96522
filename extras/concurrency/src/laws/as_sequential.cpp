#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/evidence.hpp>
#include <string>

#include "is_answered.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_sequence(const Evidence& evidence) {
  const auto& expected = evidence.expected();
  const auto& calls_of_record = evidence.handled().calls_of_record;
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < expected.size(); ++index) {
    const std::size_t wanted = expected[index] == ExpectedOutcome::stopped ? 0 : 1;
    const std::size_t calls = calls_of_record[index];
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
