#include <batchproof/simulator/laws/poison_is_isolated.hpp>
#include <bit>
#include <map>

#include "sentences.hpp"

namespace batchproof::simulator {
namespace {

/// Where an age is set, a batch may grow too old behind the poison of another.
bool bisects(const World& world) {
  return is_a_stream(world) && world.stream.bisect_on_error && !world.stream.maximum_record_age &&
         world.report_batch_item_failures;
}

using Root = std::vector<std::size_t>;

/// The batches as they were first read.
std::map<std::size_t, Root> roots_of(const FinishedWorld& finished) {
  std::map<std::size_t, Root> roots;
  for (std::size_t number = 0; number < finished.messages.size(); ++number) {
    if (finished.messages[number].deliveries > 0) roots[finished.messages[number].root].push_back(number);
  }
  return roots;
}

/// The poison of a batch in which nothing else goes wrong; nothing where it is not so.
const Message* lonely_poison(const FinishedWorld& finished, const Root& root) {
  const Message* poison = nullptr;
  for (const std::size_t number : root) {
    const Message& message = finished.messages[number];
    if (message.was_disturbed || message.fate == Fate::expired) return nullptr;
    if (message.failures == 0) continue;
    if (poison != nullptr || !message.is_poison()) return nullptr;
    poison = &message;
  }
  return poison;
}

std::vector<std::string> badly_isolated(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (const auto& [index, root] : roots_of(finished)) {
    const Message* const poison = lonely_poison(finished, root);
    if (poison == nullptr) continue;
    const auto most = static_cast<std::uint32_t>(std::bit_width(root.size() - 1)) + 1;
    if (poison->splits > most) {
      violations.push_back("\"" + poison->identifier + "\" was alone in a batch of " +
                           std::to_string(root.size()) + " to fail, and it took " +
                           std::to_string(poison->splits) + " splits to find it");
    }
    for (const std::size_t number : root) {
      const Message& message = finished.messages[number];
      if (message.is_poison() || message.fate == Fate::done) continue;
      violations.push_back(named(finished, number) + " shares its fate with \"" + poison->identifier +
                           "\", the one record of their batch that fails");
    }
  }
  return violations;
}

}  // namespace

constinit const LifeLaw poison_is_isolated{
    .id = "poison-is-isolated",
    .sentence =
        "Streams that bisect: the one poison record of n is found within ceil(log2 n) + 1 splits, and the "
        "others go on.",
    .aws_page = "Configuring partial batch response with Kinesis Data Streams and Lambda",
    .applies = bisects,
    .violations = badly_isolated,
};

}  // namespace batchproof::simulator
