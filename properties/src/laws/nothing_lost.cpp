#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

/// A stream processor that reports its first failure alone relies on the service, which starts again there.
bool is_behind_checkpoint(const Evidence& evidence, std::size_t index) {
  if (evidence.claims.reports_every_failure || !fixtures::is_stream(evidence.batch_case.source)) return false;
  const auto checkpoint = evidence.view().checkpoint();
  return checkpoint &&
         !lower_sequence_number(evidence.batch_case.records[index].item_identifier, *checkpoint);
}

std::vector<Violation> nothing_lost_violations(const Evidence& evidence) {
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    if (evidence.is_accounted_for(index) || is_behind_checkpoint(evidence, index)) continue;
    violations.push_back(evidence.name_record(index) +
                         (evidence.handled().calls_of_record[index] == 0
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
    .violations = nothing_lost_violations,
};

}  // namespace batchproof::properties
