#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::string empty_event(fixtures::Source source) {
  return fixtures::BatchCase{.source = source, .records = {}}.payload();
}

bool holds_no_record(const Evidence& evidence) {
  const auto& readable = evidence.readable();
  return !readable || (readable->unidentified == 0 && readable->identified.records.empty());
}

std::vector<Violation> empty_is_empty_violations(const Evidence& evidence) {
  const Observation& run = evidence.run;
  std::vector<Violation> violations;
  if (!run.calls.empty()) violations.push_back("a record was handled, but the batch is empty");
  if (!run.response && run.payload == empty_event(evidence.batch_case.source))
    violations.push_back("an empty list of records is not answered: " + run.error);
  if (!run.response) return violations;
  if (!evidence.readable())
    violations.push_back("there is no list of records, and yet it is answered: " + *run.response);
  else if (evidence.view().complete_failure || !evidence.view().reported.empty())
    violations.push_back("an empty list of records is answered " + *run.response);
  return violations;
}

}  // namespace

constinit const Law empty_is_empty{
    .id = "empty-is-empty",
    .sentence = "An empty list of records gives no failures; anything that is not a list is an error.",
    .aws_page = "Implementing partial batch responses",
    .experiment = Experiment::damaged,
    .judges = holds_no_record,
    .violations = empty_is_empty_violations,
};

}  // namespace batchproof::properties
