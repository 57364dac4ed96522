#include "common.hpp"

#include <cstddef>
#include <optional>

namespace batchproof::simulator {

std::string named(const FinishedWorld& finished, std::size_t number) {
  const Message& message = finished.messages[number];
  return "message " + std::to_string(number) + " (\"" + message.identifier + "\"" +
         (message.change == Change::remove ? ", a removal, which has no NewImage" : "") + ")";
}

std::string deliveries_of(const Message& message) {
  return std::to_string(message.deliveries) + (message.deliveries == 1 ? " delivery" : " deliveries");
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
