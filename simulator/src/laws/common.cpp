#include "common.hpp"

#include <cstddef>
#include <optional>
#include <utility>

namespace batchproof::simulator {

std::string named(const FinishedWorld& finished, std::size_t number) {
  const Message& message = finished.messages[number];
  return "message " + std::to_string(number) + " (\"" + message.identifier + "\"" +
         (message.change == Change::remove ? ", a removal, which has no NewImage" : "") + ")";
}

std::string deliveries_of(const Message& message) {
  return std::to_string(message.deliveries) + (message.deliveries == 1 ? " delivery" : " deliveries");
}

std::vector<std::string> left_before_failed(const FinishedWorld& finished, const std::string& group) {
  std::vector<std::string> violations;
  for (const Overtaking& overtaking : finished.overtakings) {
    const Message& failed = finished.messages[overtaking.failed];
    const bool is_same_group = failed.group == finished.messages[overtaking.message].group;
    if (is_same_group && failed.successes > 0) continue;  // the order of the successes shows it
    std::string sentence = named(finished, overtaking.message) + " left the source after invocation " +
                           std::to_string(overtaking.invocation) + ", where " +
                           named(finished, overtaking.failed) + " before it, of ";
    sentence += (is_same_group ? "its " : "another ") + group + ", had failed";
    if (finished.world.calls_are_assumed)
      sentence +=
          is_same_group ? ": it was handled out of order, or is lost" : ": it was handled, or is lost";
    violations.push_back(std::move(sentence));
  }
  return violations;
}

bool are_overtakings_cut(const FinishedWorld& finished) {
  return finished.overtakings.size() >= most_incidents;
}

std::vector<std::string> overtaken_messages(const FinishedWorld& finished, const SendingOrder& order) {
  std::vector<std::string> violations;
  std::vector<std::optional<std::size_t>> latest(finished.world.groups);
  for (std::size_t number = 0; number < finished.messages.size(); ++number) {
    const Message& message = finished.messages[number];
    if (!order.counts(message)) continue;
    auto& before = latest[message.group];
    if (before && order.is_overtaken(finished, finished.messages[*before], message)) {
      violations.push_back(
          (named(finished, number) + " was handled before " + named(finished, *before)).append(order.end));
    } else {
      before = number;
    }
  }
  return violations;
}

}  // namespace batchproof::simulator
