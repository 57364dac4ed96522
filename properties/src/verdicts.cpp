#include "verdicts.hpp"

#include <algorithm>

namespace batchproof::properties {

std::vector<Violation> changed_verdicts(const Observation& run, const Observation& other_run,
                                        const std::string& when) {
  const auto words = [](const RecordProbe::Call& call) {
    if (!call.threw) return std::string("accepted");
    return call.error.empty() ? std::string("rejected") : "rejected (" + call.error + ")";
  };
  std::vector<Violation> violations;
  for (const RecordProbe::Call& call : run.calls) {
    const auto other =
        std::find_if(other_run.calls.begin(), other_run.calls.end(), [&](const RecordProbe::Call& candidate) {
          return candidate.item_identifier == call.item_identifier;
        });
    if (other == other_run.calls.end() || other->threw == call.threw) continue;
    violations.push_back("\"" + call.item_identifier + "\" is " + words(call) + ", and " + words(*other) +
                         " " + when);
  }
  return violations;
}

}  // namespace batchproof::properties
