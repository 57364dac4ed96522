#include "verdicts.hpp"

#include <algorithm>
#include <utility>

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
    std::string change = "\"" + call.item_identifier + "\" is ";
    change += words(call);
    change += ", and ";
    change += words(*other);
    change += ' ' + when;
    violations.push_back(std::move(change));
  }
  return violations;
}

}  // namespace batchproof::properties
