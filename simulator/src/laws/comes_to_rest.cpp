#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/simulator/laws.hpp>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

/// True when messages live long enough after the end of the faults. Otherwise a message may expire although
/// its processor is correct.
bool leaves_time_to_heal(const World& world) {
  const auto retention = fixtures::has_shards(world.source) ? world.stream.retention : world.queue.retention;
  return retention >= 2 * world.faults.heal_after;
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
