#include <batchproof/concurrency/laws.hpp>
#include <optional>
#include <string>
#include <unordered_map>

#include "../ordering_keys.hpp"

namespace batchproof::properties {
namespace {

/// A record as it is named in sentences.
std::string number_of(std::size_t index, const fixtures::BatchCase& batch_case) {
  return "record " + std::to_string(index) + " (\"" + batch_case.records[index].item_identifier + "\")";
}

std::vector<Violation> violations_of_the_order(const fixtures::BatchCase& batch_case,
                                               const fixtures::ProcessorClaims& claims, std::size_t,
                                               const ConcurrentObservation& observation) {
  enum class State { waits, runs, ended };
  const auto keys = ordering_keys(batch_case, claims);
  std::unordered_map<std::string, std::size_t> position;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index)
    position.emplace(batch_case.records[index].item_identifier, index);
  std::vector<State> states(batch_case.records.size(), State::waits);
  std::vector<Violation> violations;
  for (const HandlerStep& step : observation.steps) {
    const auto found = position.find(observation.run.calls[step.call].item_identifier);
    if (found == position.end()) continue;
    const std::size_t started = found->second;
    states[started] = step.ends ? State::ended : State::runs;
    if (step.ends) continue;
    for (std::size_t other = 0; other < states.size(); ++other) {
      const bool may_run_together = keys[other] && keys[started] && *keys[other] != *keys[started];
      if (other == started || may_run_together) continue;
      if (states[other] == State::runs) {
        violations.push_back(number_of(started, batch_case) + " starts while " +
                             number_of(other, batch_case) + " is being handled");
      } else if (states[other] == State::ended && other > started) {
        violations.push_back(number_of(started, batch_case) + " starts after " +
                             number_of(other, batch_case));
      }
    }
  }
  return violations;
}

}  // namespace

constinit const ConcurrencyLaw in_key_order{
    .id = "in-key-order",
    .sentence =
        "Records of one message group, partition key or item are handled one after the other, in "
        "batch order.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .violations = violations_of_the_order,
};

}  // namespace batchproof::properties
