#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> nothing_lost_violations(const Evidence& evidence) {
  std::vector<Violation> violations;
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    if (evidence.is_accounted_for(index)) continue;
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
    .sentence =
        "A record whose handler did not return normally, and that was not settled, is reported, handled or "
        "not.",
    .aws_page = "Implementing partial batch responses",
    .violations = nothing_lost_violations,
};

}  // namespace batchproof::properties
