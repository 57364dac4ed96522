#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

bool skip_the_group_applies(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return fixtures::is_fifo_queue(source) && claims.skip_group_on_error;
}

std::vector<Violation> skip_the_group_violations(const Evidence& evidence) {
  const ServiceView& view = evidence.view();
  const HandledRecords& handled = evidence.handled();
  const std::vector<ExpectedOutcome>& outcomes = evidence.expected();
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    const auto record = [&] { return evidence.name_record(index); };
    const bool is_handled = handled.calls_of_record[index] > 0;
    if (outcomes[index] == ExpectedOutcome::stopped && is_handled) {
      violations.push_back(record() + " is handled after a failure in its message group");
    }
    if (outcomes[index] != ExpectedOutcome::stopped && !is_handled) {
      violations.push_back(record() + " is stopped, and nothing in its message group failed before it");
    }
    if (outcomes[index] != ExpectedOutcome::succeeds &&
        !view.reports(evidence.batch_case.records[index].item_identifier)) {
      violations.push_back(record() +
                           (outcomes[index] == ExpectedOutcome::fails
                                ? " failed and is not reported"
                                : " comes after a failure in its message group and is not reported"));
    }
  }
  return violations;
}

}  // namespace

constinit const Law skip_the_group{
    .id = "skip-the-group",
    .sentence = "SQS FIFO with skip_group_on_error: a failure stops its own message group and no other.",
    .aws_page = "Implementing partial batch responses",
    .applies = skip_the_group_applies,
    .violations = skip_the_group_violations,
};

}  // namespace batchproof::properties
