#include <algorithm>
#include <batchproof/simulator/laws/comes_to_rest.hpp>

#include "sentences.hpp"

namespace batchproof::simulator {
namespace {

/// Not to be told where the time that a source keeps messages is hardly longer than that of the faults.
bool leaves_time_to_heal(const World& world) {
  const auto retention = is_a_stream(world) ? world.stream.retention : world.queue.retention;
  return retention >= 2 * world.faults.heal_after;
}

std::vector<std::string> restless(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  if (!finished.at_rest) {
    violations.push_back("there is still something to do after " + std::to_string(finished.invocations) +
                         " invocations");
  }
  const auto is_poison = [](const Message& message) { return message.is_poison(); };
  const auto& messages = finished.messages;
  if (std::any_of(messages.begin(), messages.end(), is_poison) || !leaves_time_to_heal(finished.world))
    return violations;
  for (std::size_t number = 0; number < messages.size(); ++number) {
    if (messages[number].fate != Fate::expired) continue;
    violations.push_back(named(finished, number) + " expired after " +
                         std::to_string(messages[number].deliveries) +
                         " deliveries, though nothing was wrong with any message");
  }
  return violations;
}

}  // namespace

constinit const LifeLaw comes_to_rest{
    .id = "comes-to-rest",
    .sentence =
        "In the end the source is empty, and where nothing is poison nothing waited until it expired.",
    .aws_page = "How Lambda processes records from stream and queue-based event sources",
    .applies = is_any_source,
    .violations = restless,
};

}  // namespace batchproof::simulator
