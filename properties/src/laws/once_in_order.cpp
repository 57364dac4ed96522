#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/laws.hpp>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> once_in_order_violations(const fixtures::BatchCase& batch_case,
                                                const fixtures::ProcessorClaims& claims,
                                                const Observation& observation) {
  const HandledRecords handled = handled_records(batch_case, observation);
  const std::vector<ExpectedOutcome> outcomes = expected_outcomes(batch_case, claims);
  std::vector<Violation> violations;
  std::optional<std::size_t> furthest;
  for (std::size_t call = 0; call < observation.calls.size(); ++call) {
    const auto record = handled.record_of_call[call];
    if (!record) {
      violations.push_back("\"" + observation.calls[call].item_identifier +
                           "\" is handled and is not in the batch");
      continue;
    }
    if (furthest && *record < *furthest) {
      violations.push_back(name_record(batch_case, *record) + " is handled after " +
                           name_record(batch_case, *furthest));
    } else {
      furthest = record;
    }
  }
  const bool must_stop = fixtures::is_stream(batch_case.source) && claims.stop_on_first_failure;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const std::size_t calls = handled.calls_of_record[index];
    const bool is_stopped = outcomes[index] == ExpectedOutcome::stopped;
    const auto record = [&] { return name_record(batch_case, index); };
    if (calls > 1) violations.push_back(record() + " is handled " + std::to_string(calls) + " times");
    if (calls == 0 && !is_stopped)
      violations.push_back(record() + " is never handled, and nothing that it depends on failed");
    if (calls > 0 && must_stop && is_stopped)
      violations.push_back(record() + " is handled after a failure, where the processor claims to stop");
  }
  return violations;
}

}  // namespace

constinit const Law once_in_order{
    .id = "once-in-order",
    .sentence =
        "A record is handled at most once, in batch order, and exactly once unless one that it depends on "
        "failed.",
    .aws_page = "Implementing partial batch responses",
    .applies = applies_always,
    .judges = judges_always,
    .violations = once_in_order_violations,
};

}  // namespace batchproof::properties
