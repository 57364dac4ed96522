#include <batchproof/simulator/laws.hpp>
#include <optional>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

/// The number of deliveries that the configuration allows; nothing when it sets no limit. On a stream each
/// checkpoint that moves starts a new count of retries, and a batch that an error halves is delivered without
/// a retry.
std::optional<std::size_t> most_deliveries(const World& world, const Message& message) {
  if (!fixtures::has_shards(world.source)) return world.queue.max_receive_count;
  if (world.stream.maximum_retry_attempts < 0) return std::nullopt;
  const auto most_of_a_batch = 1 + static_cast<std::size_t>(world.stream.maximum_retry_attempts);
  return most_of_a_batch * (1 + message.checkpoints) + message.halvings;
}

std::vector<std::string> excess_deliveries(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (std::size_t number = 0; number < finished.messages.size(); ++number) {
    const Message& message = finished.messages[number];
    const auto most = most_deliveries(finished.world, message);
    if (most && message.deliveries > *most) {
      violations.push_back(named(finished, number) + " was delivered " + std::to_string(message.deliveries) +
                           " times, and the configuration allows " + std::to_string(*most));
    }
    if (message.tries > message.deliveries && !finished.world.design.retries_inside) {
      violations.push_back(named(finished, number) + " was delivered " + std::to_string(message.deliveries) +
                           " times, and handled " + std::to_string(message.tries) + " times");
    }
  }
  return violations;
}

}  // namespace

constinit const EndToEndLaw bounded_redelivery{
    .id = "bounded-redelivery",
    .sentence =
        "A message is delivered no more often than the configuration allows, and handled no more often than "
        "delivered.",
    .aws_page = "Using dead-letter queues in Amazon SQS",
    .violations = excess_deliveries,
};

}  // namespace batchproof::simulator
