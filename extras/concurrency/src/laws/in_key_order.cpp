#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_the_order(const Evidence& evidence) {
  enum class State { waits, runs, ended };
  std::optional<std::vector<std::optional<std::string>>> keys;  // read once two records need them
  const auto may_run_together = [&](std::size_t one, std::size_t other) {
    if (!keys) keys = ordering_keys(evidence.batch_case, evidence.claims);
    return (*keys)[one] && (*keys)[other] && *(*keys)[one] != *(*keys)[other];
  };
  const auto& record_of_call = evidence.handled().record_of_call;
  std::vector<State> states(evidence.batch_case.records.size(), State::waits);
  std::vector<Violation> violations;
  for (const HandlerStep& step : evidence.run.timeline->steps) {
    if (!record_of_call[step.call]) continue;
    const std::size_t started = *record_of_call[step.call];
    states[started] = step.ends ? State::ended : State::runs;
    if (step.ends) continue;
    for (std::size_t other = 0; other < states.size(); ++other) {
      const bool is_overtaken = states[other] == State::ended && other > started;
      if (other == started || (states[other] != State::runs && !is_overtaken)) continue;
      if (may_run_together(other, started)) continue;
      if (states[other] == State::runs) {
        violations.push_back(evidence.name_record(started) + " starts while " + evidence.name_record(other) +
                             " is being handled");
      } else {
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
