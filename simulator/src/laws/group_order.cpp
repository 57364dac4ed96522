#include <batchproof/fixtures/source.hpp>
#include <batchproof/simulator/laws.hpp>
#include <utility>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

bool is_fifo_queue(const World& world) { return fixtures::is_fifo_queue(world.source); }

std::vector<std::string> overtaken_in_groups(const FinishedWorld& finished) {
  auto violations = overtaken_messages(
      finished,
      {.counts = [](const Message& message) { return message.successes > 0; },
       .is_overtaken = [](const FinishedWorld&, const Message& earlier,
                          const Message& later) { return earlier.first_success > later.first_success; },
       .end = " of the same group, which was sent earlier"});
  for (std::string& violation : left_before_failed(finished, "group"))
    violations.push_back(std::move(violation));
  return violations;
}

}  // namespace

constinit const EndToEndLaw group_order{
    .id = "group-order",
    .sentence =
        "SQS FIFO: the messages of a group are first handled in the order in which they were sent, and none "
        "leaves the queue while one before it in its batch that failed comes again: one of its group or, "
        "where the answers alone are known and the function stops at its first failure, of any group.",
    .aws_page = "FIFO queue delivery logic",
    .applies = is_fifo_queue,
    .violations = overtaken_in_groups,
    .may_be_more = are_overtakings_cut,
};

}  // namespace batchproof::simulator
