#include <algorithm>
#include <batchproof/simulator/laws.hpp>
#include <bit>
#include <map>

#include "common.hpp"

namespace batchproof::simulator {
namespace {

/// Not with a maximum record age: records may become too old while they wait for another batch's poison. Nor
/// with a breaker, which leaves records that would succeed.
bool bisects(const World& world) {
  return fixtures::has_shards(world.source) && world.stream.bisect_on_error &&
         !world.stream.maximum_record_age && world.report_batch_item_failures && !world.design.stops_early;
}

using Batch = std::vector<std::size_t>;

/// The batches as they were first read, by their numbers.
std::map<std::size_t, Batch> first_batches(const FinishedWorld& finished) {
  std::map<std::size_t, Batch> batches;
  for (std::size_t number = 0; number < finished.messages.size(); ++number) {
    if (finished.messages[number].deliveries > 0)
      batches[finished.messages[number].first_batch].push_back(number);
  }
  return batches;
}

/// A function that stops all partitions of Kafka at a failure moves the checkpoint of one partition after the
/// other, and each time that splits the batch.
bool is_of_one_shard(const FinishedWorld& finished, const Batch& batch) {
  return std::all_of(batch.begin(), batch.end(), [&](std::size_t number) {
    return finished.messages[number].shard_part == finished.messages[batch.front()].shard_part;
  });
}

/// The only poison of a batch in which nothing else went wrong; null otherwise.
const Message* only_poison(const FinishedWorld& finished, const Batch& batch) {
  const Message* poison = nullptr;
  for (const std::size_t number : batch) {
    const Message& message = finished.messages[number];
    if (message.was_disturbed || message.disposition == Disposition::expired) return nullptr;
    if (message.failures == 0) continue;
    if (poison != nullptr || !message.is_poison()) return nullptr;
    poison = &message;
  }
  return poison;
}

std::vector<std::string> badly_isolated(const FinishedWorld& finished) {
  std::vector<std::string> violations;
  for (const auto& [index, batch] : first_batches(finished)) {
    const Message* const poison = only_poison(finished, batch);
    if (poison == nullptr) continue;
    const auto most = static_cast<std::uint32_t>(std::bit_width(batch.size() - 1)) + 1;
    if (poison->splits > most && is_of_one_shard(finished, batch)) {
      violations.push_back("\"" + poison->identifier + "\" alone made its batch of " +
                           std::to_string(batch.size()) + " fail, and it took " +
                           std::to_string(poison->splits) + " splits to find it");
    }
    for (const std::size_t number : batch) {
      const Message& message = finished.messages[number];
      if (message.is_poison() || message.disposition == Disposition::done) continue;
      violations.push_back(named(finished, number) + " ended as \"" + poison->identifier +
                           "\" did, the only poison in its batch");
    }
  }
  return violations;
}

}  // namespace

constinit const EndToEndLaw poison_is_isolated{
    .id = "poison-is-isolated",
    .sentence =
        "Streams that bisect: the only poison among n records of a shard is isolated within ceil(log2 n) + 1 "
        "splits, and the other records are processed.",
    .aws_page = "Configuring partial batch response with Kinesis Data Streams and Lambda",
    .applies = bisects,
    .violations = badly_isolated,
};

}  // namespace batchproof::simulator
