#include "changed_verdicts.hpp"

#include <string_view>
#include <unordered_map>

namespace batchproof::properties {
namespace {

std::string verdict_in_words(const RecordProbe::Call& call) {
  if (!call.threw) return "accepted";
  return call.error.empty() ? "rejected" : "rejected (" + call.error + ")";
}

using Calls = std::vector<RecordProbe::Call>;
using FirstCalls = std::unordered_map<std::string_view, Calls::const_iterator>;

/// The first call of each identifier.
FirstCalls first_calls(const Calls& calls) {
  FirstCalls first_of;
  for (auto call = calls.begin(); call != calls.end(); ++call)
    first_of.try_emplace(call->item_identifier, call);
  return first_of;
}

}  // namespace

std::vector<Violation> changed_verdicts(const Observation& run, const Observation& other_run,
                                        const std::string& when) {
  std::vector<Violation> violations;
  const auto& others = other_run.calls;
  FirstCalls first_of;
  auto next = others.begin();  // the other run mostly makes the same calls in the same order
  for (const RecordProbe::Call& call : run.calls) {
    auto other = next;
    if (next == others.end() || next->item_identifier != call.item_identifier) {
      if (first_of.empty()) first_of = first_calls(others);
      const auto found = first_of.find(call.item_identifier);
      if (found == first_of.end()) continue;
      other = found->second;
    }
    next = other + 1;
    if (other->threw == call.threw) continue;
    violations.push_back("\"" + call.item_identifier + "\" is " + verdict_in_words(call) + ", and " +
                         verdict_in_words(*other) + " " + when);
  }
  return violations;
}

}  // namespace batchproof::properties
