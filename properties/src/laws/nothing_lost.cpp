#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

/// A stream processor that reports its first failure alone relies on the service, which starts again there.
bool is_behind_checkpoint(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
                          const ServiceView& view, std::size_t index) {
  if (claims.reports_every_failure || !fixtures::is_stream(batch_case.source)) return false;
  const auto checkpoint = view.checkpoint();
  return checkpoint && !lower_sequence_number(batch_case.records[index].item_identifier, *checkpoint);
}

std::vector<Violation> nothing_lost_violations(const fixtures::BatchCase& batch_case,
                                               const fixtures::ProcessorClaims& claims,
                                               const Observation& observation) {
  const ServiceView view = read_as_service(observation, batch_case);
  const HandledRecords handled = handled_records(batch_case, observation);
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (handled.done[index] || view.reports(batch_case.records[index].item_identifier)) continue;
    if (is_behind_checkpoint(batch_case, claims, view, index)) continue;
    violations.push_back(name_record(batch_case, index) +
                         (handled.calls_of_record[index] == 0
                              ? " was not handled and is not reported: it is lost"
                              : " failed and is not reported: it is lost"));
  }
  return violations;
}

}  // namespace

constinit const Law nothing_lost{
    .id = "nothing-lost",
    .sentence = "A record whose handler did not return normally is reported, handled or not.",
    .aws_page = "Implementing partial batch responses",
    .applies = applies_always,
    .judges = judges_always,
    .violations = nothing_lost_violations,
};

}  // namespace batchproof::properties
