#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <optional>
#include <string>
#include <unordered_map>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_the_order(const Evidence& evidence) {
  enum class State { waits, runs, ended };
  const auto& records = evidence.batch_case.records;
  const auto keys = ordering_keys(evidence.batch_case, evidence.claims);
  std::unordered_map<std::string, std::size_t> position;
  for (std::size_t index = 0; index < records.size(); ++index)
    position.emplace(records[index].item_identifier, index);
  std::vector<State> states(records.size(), State::waits);
  std::vector<Violation> violations;
  for (const HandlerStep& step : evidence.run.timeline->steps) {
    const auto found = position.find(evidence.run.calls[step.call].item_identifier);
    if (found == position.end()) continue;
    const std::size_t started = found->second;
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
