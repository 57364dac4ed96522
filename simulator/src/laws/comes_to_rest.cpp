#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/simulator/laws.hpp>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

/// The time that right processing takes for all messages, at most.
std::chrono::milliseconds time_for_all(const World& world) {
  const auto one_after_the_other = world.handler_time.value_or(world.function_timeout) * world.messages;
  const bool is_in_any_order = fixtures::is_standard_queue(world.source);
  return is_in_any_order ? one_after_the_other / world.queue.concurrency : one_after_the_other;
}

/// True when the largest batch takes no longer than the time limit, and messages live long enough after the
/// end of the faults. Otherwise a message may expire although its processor is correct.
bool leaves_time_to_heal(const World& given) {
  const World world = with_defaults(given);
  const std::size_t largest_batch = std::min(*world.batch_size, world.messages);
  if (*world.handler_time * largest_batch > world.function_timeout) return false;
  const auto needed = 2 * world.faults.heal_after + time_for_all(world);
  if (fixtures::has_shards(world.source)) return world.stream.retention >= needed;
  return world.queue.retention >= needed + world.queue.visibility_timeout;
}

std::vector<std::string> messages_left_behind(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  if (!finished.at_rest) {
    violations.push_back("messages are left on the source after " + std::to_string(finished.invocations) +
                         " invocations");
  }
  const auto is_poison = [](const Message& message) { return message.is_poison(); };
  const auto& messages = finished.messages;
  if (std::any_of(messages.begin(), messages.end(), is_poison) || !leaves_time_to_heal(finished.world))
    return violations;
  for (std::size_t number = 0; number < messages.size(); ++number) {
    if (messages[number].disposition != Disposition::expired) continue;
    violations.push_back(named(finished, number) + " expired after " + deliveries_of(messages[number]) +
                         ", although no message is poison");
  }
  return violations;
}

}  // namespace

constinit const EndToEndLaw comes_to_rest{
    .id = "comes-to-rest",
    .sentence = "In the end the source is empty, and where no message is poison, no message expired.",
    .aws_page = "How Lambda processes records from stream and queue-based event sources",
    .violations = messages_left_behind,
};

}  // namespace batchproof::simulator
