#include <batchproof/properties/laws.hpp>
#include <string>

#include "changed_verdicts.hpp"

namespace batchproof::properties {
namespace {

std::vector<Violation> independent_violations(const Evidence& evidence) {
  std::vector<Violation> violations;
  for (const Observation& run : evidence.run.further_runs) {
    const std::string when =
        run.left_out ? "when record " + std::to_string(*run.left_out) + " is left out" : "when it is alone";
    const auto changed = changed_verdicts(evidence.run, run, when);
    violations.insert(violations.end(), changed.begin(), changed.end());
  }
  return violations;
}

}  // namespace

constinit const Law independent{
    .id = "independent",
    .sentence = "A record gets the same verdict whatever other records its batch holds.",
    .aws_page = "Implementing partial batch responses",
    .experiment = Experiment::in_part,
    .judges = has_further_runs,
    .violations = independent_violations,
};

}  // namespace batchproof::properties
