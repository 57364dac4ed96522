#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <string>

namespace batchproof::properties {
namespace {

bool partition_applies(fixtures::Source source, const fixtures::ProcessorClaims&) {
  return fixtures::has_partitions(source);
}

std::vector<Violation> partition_violations(const Evidence& evidence) {
  if (evidence.view().complete_failure) return {};
  const HandledRecords& handled = evidence.handled();
  const std::vector<ExpectedOutcome>& outcomes = evidence.expected();
  const bool is_by_key = keeps_order_by_key(evidence.batch_case.source, evidence.claims);
  const std::string whose = is_by_key ? "of its key" : "in its partition";
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    const auto record = [&] { return evidence.name_record(index); };
    const bool is_handled = handled.calls_of_record[index] > 0;
    const bool is_reported = evidence.comes_again(index);
    const bool is_stopped = outcomes[index] == ExpectedOutcome::stopped;
    if (is_stopped && is_handled) violations.push_back(record() + " is handled after a failure " + whose);
    if (!is_stopped && !is_handled)
      violations.push_back(record() + " is never handled, and nothing " + whose + " failed before it");
    if (outcomes[index] != ExpectedOutcome::succeeds && !is_reported) {
      violations.push_back(record() + (is_stopped ? " comes after a failure " + whose : " failed") +
                           " and is not reported: whether it comes again is not said");
    }
    if (outcomes[index] == ExpectedOutcome::succeeds && is_handled && is_reported)
      violations.push_back(record() + " succeeded and is reported");
  }
  return violations;
}

}  // namespace

constinit const Law partition{
    .id = "partition",
    .sentence =
        "Kafka and pipes of streams: every record that did not succeed is reported, handled or not, and no "
        "other; a failure stops its own partition at most.",
    .aws_page = "Configuring error handling controls for Kafka event sources",
    .applies = partition_applies,
    .violations = partition_violations,
};

}  // namespace batchproof::properties
