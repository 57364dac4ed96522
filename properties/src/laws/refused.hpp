#pragma once

#include <batchproof/properties/law.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// The violations of a run whose event must be refused as a whole, before any handler runs. `fault` says what
/// is wrong with the event.
inline std::vector<Violation> unless_refused(const Observation& run, const std::string& fault) {
  std::vector<Violation> violations;
  if (run.response) violations.push_back(fault + ", and yet it is answered: " + *run.response);
  if (!run.calls.empty()) violations.push_back(fault + ", and yet a record was handled");
  return violations;
}

}  // namespace batchproof::properties
