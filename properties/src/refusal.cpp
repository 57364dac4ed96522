#include "refusal.hpp"

namespace batchproof::properties {

std::vector<Violation> unless_refused(const Observation& observation, const std::string& flaw) {
  std::vector<Violation> violations;
  if (observation.response) violations.push_back(flaw + ", and yet it is answered: " + *observation.response);
  if (!observation.calls.empty()) violations.push_back(flaw + ", and yet a record was handled");
  return violations;
}

}  // namespace batchproof::properties
