#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <utility>

#include "changed_verdicts.hpp"

namespace batchproof::properties {
namespace {

std::string verdict_in_words(const RecordProbe::Call& call) {
  if (!call.threw) return "accepted";
  return call.error.empty() ? "rejected" : "rejected (" + call.error + ")";
}

std::vector<Violation> repeatable_violations(const Evidence& evidence) {
  for (const Observation& delivered_again : evidence.run.further_runs) {
    auto violations = changed_verdicts(evidence.run, delivered_again, "when it is delivered again");
    if (!violations.empty()) return violations;
  }
  return {};
}

}  // namespace

std::vector<Violation> changed_verdicts(const Observation& run, const Observation& other_run,
                                        const std::string& when) {
  std::vector<Violation> violations;
  const auto& others = other_run.calls;
  auto next = others.begin();  // the other run mostly makes the same calls in the same order
  for (const RecordProbe::Call& call : run.calls) {
    const auto is_same = [&](const RecordProbe::Call& candidate) {
      return candidate.item_identifier == call.item_identifier;
    };
    auto other = std::find_if(next, others.end(), is_same);
    if (other == others.end()) other = std::find_if(others.begin(), next, is_same);
    if (other == others.end() || !is_same(*other)) continue;
    next = other + 1;
    if (other->threw == call.threw) continue;
    violations.push_back("\"" + call.item_identifier + "\" is " + verdict_in_words(call) + ", and " +
                         verdict_in_words(*other) + " " + when);
  }
  return violations;
}

constinit const Law repeatable{
    .id = "repeatable",
    .sentence = "The same record, delivered again, gets the same verdict.",
    .aws_page = "Amazon SQS at-least-once delivery",
    .experiment = Experiment::again,
    .judges = has_further_runs,
    .violations = repeatable_violations,
};

}  // namespace batchproof::properties
