#include <batchproof/simulator/laws.hpp>
#include <optional>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

std::vector<std::string> overtaken_messages(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  std::vector<std::optional<std::size_t>> latest(finished.world.groups);
  for (std::size_t number = 0; number < finished.messages.size(); ++number) {
    const Message& message = finished.messages[number];
    if (message.successes == 0) continue;
    auto& before = latest[message.group];
    if (before && finished.messages[*before].first_success > message.first_success) {
      violations.push_back(named(finished, number) + " was handled before " + named(finished, *before) +
                           " of the same group, which was sent earlier");
    } else {
      before = number;
    }
  }
  return violations;
}

}  // namespace

constinit const EndToEndLaw group_order{
    .id = "group-order",
    .sentence = "SQS FIFO: the messages of a group are first handled in the order in which they were sent.",
    .aws_page = "FIFO queue delivery logic",
    .applies = is_fifo_queue,
    .violations = overtaken_messages,
};

}  // namespace batchproof::simulator
