#include "verdicts.hpp"

#include <algorithm>

namespace batchproof::properties {

std::vector<Violation> changed_verdicts(const Observation& run, const Observation& other_run,
                                        const std::string& when) {
  const auto word = [](const RecordProbe::Call& call) { return call.threw ? "rejected" : "accepted"; };
  std::vector<Violation> violations;
  for (const RecordProbe::Call& call : run.calls) {
    const auto other =
        std::find_if(other_run.calls.begin(), other_run.calls.end(), [&](const RecordProbe::Call& candidate) {
          return candidate.item_identifier == call.item_identifier;
        });
    if (other == other_run.calls.end() || other->threw == call.threw) continue;
    violations.push_back("\"" + call.item_identifier + "\" is " + word(call) + ", and " + word(*other) + " " +
                         when);
  }
  return violations;
}

}  // namespace batchproof::properties
