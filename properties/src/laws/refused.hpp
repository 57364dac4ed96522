#pragma once

#include <batchproof/properties/law.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// How an event that must be refused as a whole, before any handler ran, was not. `fault` says what is wrong
/// with it.
inline std::vector<Violation> unless_refused(const Observation& run, const std::string& fault) {
  std::vector<Violation> violations;
  if (run.response) violations.push_back(fault + ", and yet it is answered: " + *run.response);
  if (!run.calls.empty()) violations.push_back(fault + ", and yet a record was handled");
  return violations;
}

}  // namespace batchproof::properties
