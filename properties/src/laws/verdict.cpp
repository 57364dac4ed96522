#include <algorithm>
#include <batchproof/properties/laws/verdict.hpp>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> verdict_violations(const fixtures::BatchCase& batch_case,
                                          const fixtures::ProcessorClaims&, const Observation& observation) {
  const HandledRecords handled = handled_records(batch_case, observation);
  std::vector<Violation> violations;
  for (std::size_t call = 0; call < observation.calls.size(); ++call) {
    const auto index = handled.record_of_call[call];
    if (!index || observation.calls[call].threw == batch_case.records[*index].rejected) continue;
    const std::string record = name_record(batch_case, *index);
    if (observation.calls[call].threw) {
      violations.push_back(record +
                           " must be accepted, and the handler failed: " + observation.calls[call].error);
    } else {
      violations.push_back(record + " must be rejected, and the handler succeeded");
    }
  }
  return violations;
}

}  // namespace

constinit const Law verdict{
    .id = "verdict",
    .sentence = "Each accepted payload succeeds, each rejected one fails.",
    .aws_page = "Implementing partial batch responses",
    .applies = applies_always,
    .judges = judges_always,
    .violations = verdict_violations,
};

}  // namespace batchproof::properties
