#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <cstddef>
#include <vector>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_the_order(const Evidence& evidence) {
  enum class State { waits, runs, ended };
  const auto keys = ordering_keys(evidence.batch_case, evidence.claims);
  const auto& record_of_call = evidence.handled().record_of_call;
  std::vector<State> states(keys.size(), State::waits);
  std::vector<Violation> violations;
  for (const HandlerStep& step : evidence.run.timeline->steps) {
    if (!record_of_call[step.call]) continue;
    const std::size_t started = *record_of_call[step.call];
    states[started] = step.ends ? State::ended : State::runs;
    if (step.ends) continue;
    for (std::size_t other = 0; other < states.size(); ++other) {
      const bool may_run_together = keys[other] && keys[started] && *keys[other] != *keys[started];
      if (other == started || may_run_together) continue;
      if (states[other] == State::runs) {
        violations.push_back(evidence.name_record(started) + " starts while " + evidence.name_record(other) +
                             " is being handled");
      } else if (states[other] == State::ended && other > started) {
        violations.push_back(evidence.name_record(started) + " starts after " + evidence.name_record(other));
      }
    }
  }
  return violations;
}

}  // namespace

constinit const Law in_key_order{
    .id = "in-key-order",
    .sentence =
        "Records of one message group, partition key, item or Kafka partition are handled one after the "
        "other, in batch order.",
    .aws_page = "How Lambda processes records from stream and queue-based event sources",
    .violations = violations_of_the_order,
};

}  // namespace batchproof::properties
