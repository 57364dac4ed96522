#include <algorithm>
#include <array>
#include <batchproof/fixtures/decimal.hpp>
#include <batchproof/fixtures/dynamodb_change.hpp>
#include <batchproof/fixtures/hash.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/fixtures/sqs_message.hpp>
#include <cstdint>
#include <limits>
#include <utility>

#include "record_writer.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {
namespace {

/// The sequence numbers of a shard. They become longer once: AWS promises no length, and comparing texts of
/// different lengths gives a wrong order.
struct Counter {
  std::string last;
  std::string shard;  ///< the last digits of each number, unique to the shard
  bool is_longer = false;
  bool is_first = true;

  std::string number() const { return last + shard; }
};

Counter first_counter(std::size_t shard, const World& world, Random& random) {
  constexpr std::size_t fewest_digits = 21;
  constexpr std::size_t usual_digits = 56;  // as Kinesis has them today
  const fixtures::Digits allowed = fixtures::info_of(world.source).sequence_number_digits;
  const std::size_t shard_digits =
      *world.stream.shards == 1 ? 0 : std::to_string(*world.stream.shards - 1).size();
  const std::size_t fewest = std::max(allowed.fewest, fewest_digits) + shard_digits;
  const std::size_t most = std::min(allowed.most, usual_digits) - 1;
  std::string digits(fewest + random.below(most - fewest + 1) - shard_digits, '0');
  for (char& digit : digits) digit = static_cast<char>('0' + random.below(10));
  digits.front() = '5';
  std::string last = shard_digits == 0 ? "" : std::to_string(shard);
  last.insert(0, shard_digits - last.size(), '0');
  return {.last = std::move(digits), .shard = std::move(last)};
}

/// Most steps are so small that neighbours are equal as doubles; some are above 2^62, so that numbers exceed
/// 64 bits.
std::uint64_t step(Random& random) {
  if (random.below(4) == 0) return (std::uint64_t{1} << 62U) + random.below(std::uint64_t{1} << 62U);
  return 1 + random.below(20);
}

void count_up(Counter& counter, Random& random) {
  constexpr std::uint64_t usual_numbers_before_longer_ones = 8;
  fixtures::add_to_decimal(counter.last, step(random));
  if (std::exchange(counter.is_first, false) || counter.is_longer ||
      random.below(usual_numbers_before_longer_ones) != 0)
    return;
  counter.last.insert(counter.last.begin(), '1');
  counter.is_longer = true;
}

/// Numbers the records of each partition from its very first offset, or from one that is about to get one
/// more digit, or more than 31 bits. The end of a transaction takes an offset too, so one in eight is left
/// out. A double holds all of them, since a function may read JSON by doubles, and no partition of Kafka gets
/// that far.
void number_partitions(const World& world, std::vector<Message>& messages, Random& random) {
  std::vector<std::int64_t> offsets(*world.stream.shards);
  constexpr std::array<std::int64_t, 4> first{0, 8, 2'147'483'644, 9'999'999'990};
  for (std::int64_t& offset : offsets) offset = first.at(random.below(first.size()));
  for (Message& message : messages) {
    message.shard_part = message.group % *world.stream.shards;
    std::int64_t& next = offsets[message.shard_part];
    constexpr unsigned offsets_before_a_gap = 8;
    if (random.below(offsets_before_a_gap) == 0) ++next;
    message.identifier =
        fixtures::kafka_identifier(partition_name(first_shard(world) + message.shard_part), next++);
  }
}

/// A pipe reports the records of a stream by their event ids.
std::string identifier_in_pipe(fixtures::Source source, std::size_t shard,
                               const std::string& sequence_number) {
  if (fixtures::info_of(source).identifier_has_shard) return shard_name(shard) + ':' + sequence_number;
  return fixtures::dynamodb_event_id_of(sequence_number);
}

void number_records(const World& world, std::vector<Message>& messages, Random& random) {
  const std::size_t parts_of_a_shard = world.stream.parallelization_factor;
  std::vector<Counter> counters;
  counters.reserve(*world.stream.shards);
  for (std::size_t shard = 0; shard < *world.stream.shards; ++shard)
    counters.push_back(first_counter(shard, world, random));
  for (Message& message : messages) {
    message.shard_part = message.group % (*world.stream.shards * parts_of_a_shard);
    const std::size_t shard = message.shard_part / parts_of_a_shard;
    count_up(counters[shard], random);
    message.identifier = counters[shard].number();
    if (fixtures::is_pipe(world.source))
      message.sequence_number =
          std::exchange(message.identifier,
                        identifier_in_pipe(world.source, first_shard(world) + shard, message.identifier));
  }
}

std::string drawn_message_id(Random& random) {
  constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t high = random.below(any);  // first: compilers may reorder arguments
  return fixtures::message_id(high, random.below(any));
}

void choose_poison(std::size_t count, std::vector<Message>& messages, Random& random) {
  std::vector<std::size_t> numbers(messages.size());
  for (std::size_t number = 0; number < numbers.size(); ++number) numbers[number] = number;
  for (std::size_t chosen = 0; chosen < count; ++chosen) {
    std::swap(numbers[chosen], numbers[chosen + random.below(numbers.size() - chosen)]);
    messages[numbers[chosen]].failures = always;
  }
}

/// Poison is never a removal, since its payload is in the new image.
void choose_changes(const World& world, std::vector<Message>& messages, Random& random) {
  constexpr std::uint64_t changes_for_each_removal = 4;
  std::vector<bool> is_there(world.groups, false);
  for (Message& message : messages) {
    const bool was_there = is_there[message.group];
    const bool removes = world.has_removals && was_there && !message.is_poison() &&
                         random.below(changes_for_each_removal) == 0;
    if (was_there) message.change = removes ? Change::remove : Change::modify;
    is_there[message.group] = !removes;
  }
}

}  // namespace

std::vector<Message> send_messages(const World& world, Random& random) {
  Random names(fixtures::hash_on(fixtures::empty_hash, to_json(world)));  // unique to the world
  std::vector<Message> messages(world.messages);
  for (std::size_t number = 0; number < messages.size(); ++number) {
    Message& message = messages[number];
    message.sent_at = world.sent_every * static_cast<std::int64_t>(number);
    message.group = random.below(world.groups);
    if (random.chance(world.faults.flaky_rate))
      message.failures = 1 + random.below(world.faults.flaky_failures);
    if (fixtures::is_fifo_queue(world.source) && random.chance(world.faults.resend_rate))
      message.sent_again_at = message.sent_at + std::chrono::milliseconds(1 + random.below(10'000));
    if (!fixtures::has_shards(world.source)) message.identifier = drawn_message_id(names);
  }
  choose_poison(world.faults.poison, messages, random);
  if (world.source == fixtures::Source::kafka) {
    number_partitions(world, messages, random);
  } else if (fixtures::has_shards(world.source)) {
    number_records(world, messages, names);
  }
  if (fixtures::info_of(world.source).payload_kind == fixtures::PayloadKind::item)
    choose_changes(world, messages, random);
  return messages;
}

}  // namespace batchproof::simulator
