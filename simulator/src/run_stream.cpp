// Simulates the event source mapping of a stream (AWS Lambda developer guide, "How Lambda processes records
// from stream and queue-based event sources"), a pipe that reads the stream, or the one poller that reads all
// partitions of a Kafka topic. Each part of a shard has a stack of ranges of records that are still to be
// processed, and so has the poller.
//
//     StreamRun(simulation).run();

#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "invocation.hpp"
#include "payload_budget.hpp"
#include "settle_stream_batch.hpp"
#include "shard_part.hpp"
#include "shard_window.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {
namespace {

using std::chrono::milliseconds;

class StreamRun {
 public:
  explicit StreamRun(Simulation& simulation) : simulation_(simulation) {
    const bool has_one_poller = simulation.world.source == fixtures::Source::kafka;
    const Stream& stream = simulation.world.stream;
    parts_.resize(has_one_poller ? 1 : *stream.shards * stream.parallelization_factor);
    for (std::size_t number = 0; number < parts_.size(); ++number) parts_[number].number = number;
    const auto& messages = simulation.finished.messages;
    for (std::size_t number = 0; number < messages.size(); ++number)
      parts_[has_one_poller ? 0 : messages[number].shard_part].records.push_back(number);
  }

  void run() {
    for (std::size_t part = 0; part < parts_.size(); ++part) wake_later(part, milliseconds(0));
    while (!wakes_.empty() && !simulation_.is_over()) {
      const auto [at, index] = *wakes_.begin();
      wakes_.erase(wakes_.begin());
      simulation_.now = at;
      ShardPart& part = parts_[index];
      if (part.is_running) settle(part);
      drop_old_records(part);
      if (const auto next = next_wake(part)) wake_later(index, *next);
    }
  }

 private:
  void wake_later(std::size_t part, milliseconds at) { wakes_.emplace(std::max(at, simulation_.now), part); }

  /// Invokes the function if a batch is ready. Returns when the part needs attention again; nothing when all
  /// its records are done.
  std::optional<milliseconds> next_wake(ShardPart& part) {
    if (part.to_do.empty() && part.window && is_window_read(simulation_, part)) {
      if (const auto at = end_window(simulation_, part)) return at;
    }
    if (part.to_do.empty()) {
      const auto ready_at = read_batch(part);
      if (!ready_at || *ready_at > simulation_.now) return ready_at;
    }
    if (part.to_do.back().not_before > simulation_.now) return part.to_do.back().not_before;
    deliver(part);
    return part.invocation.ends_at;
  }

  milliseconds sent_at(const ShardPart& part, std::size_t place) const {
    return simulation_.finished.messages[part.records[place]].sent_at;
  }

  bool are_of_one_window(const ShardPart& part, std::size_t one, std::size_t other) const {
    return !fixtures::has_windows(simulation_.world.source) ||
           start_of_window(simulation_, part, one) == start_of_window(simulation_, part, other);
  }

  /// The place after the last record that fits into the next batch.
  std::size_t end_of_full_batch(const ShardPart& part) const {
    PayloadBudget budget(simulation_);
    std::size_t end = part.next;
    while (end < part.records.size() && end - part.next < *simulation_.world.batch_size &&
           are_of_one_window(part, end, part.next) && budget.try_add(part.records[end]))
      ++end;
    return end;
  }

  /// Reads the next batch if it is full or its batching window is over. Returns when that will be so; nothing
  /// when all records were read.
  std::optional<milliseconds> read_batch(ShardPart& part) {
    if (part.next == part.records.size()) return std::nullopt;
    const World& world = simulation_.world;
    const std::size_t end = end_of_full_batch(part);
    milliseconds ready_at = sent_at(part, part.next) + *world.batch_window;
    if (end - part.next == *world.batch_size) {
      ready_at = std::min(ready_at, sent_at(part, end - 1));
    } else if (end < part.records.size()) {
      ready_at = std::min(ready_at, sent_at(part, end));  // the batch is full, since this one does not fit
    }
    if (ready_at > simulation_.now) return ready_at;
    if (fixtures::has_windows(world.source) && !part.window) begin_window(simulation_, part);
    const std::size_t begin = part.next;
    while (part.next < end && sent_at(part, part.next) <= simulation_.now)
      simulation_.message(part.records[part.next++]).first_batch = batches_;
    batches_ += 1;
    part.to_do.push_back({.begin = begin, .end = part.next});
    return simulation_.now;
  }

  void deliver(ShardPart& part) {
    const Range& range = part.to_do.back();
    const auto first = part.records.begin();
    part.invocation.messages.assign(first + static_cast<std::ptrdiff_t>(range.begin),
                                    first + static_cast<std::ptrdiff_t>(range.end));
    if (simulation_.world.source == fixtures::Source::kafka) arrange_by_partition(part.invocation.messages);
    if (part.window) show_window(simulation_, part);
    part.is_running = true;
    invoke(simulation_, part.invocation);
  }

  /// An event of Kafka has a list for each partition. No page gives their order: here that of their first
  /// records.
  void arrange_by_partition(std::vector<std::size_t>& numbers) {
    std::map<std::size_t, std::size_t> first;  // by partition
    for (const std::size_t number : numbers)
      first.try_emplace(simulation_.message(number).shard_part, number);
    const auto first_of = [&](std::size_t number) {
      return first.at(simulation_.message(number).shard_part);
    };
    std::stable_sort(numbers.begin(), numbers.end(),
                     [&](std::size_t left, std::size_t right) { return first_of(left) < first_of(right); });
  }

  void settle(ShardPart& part) {
    if (part.window && part.window->is_ending) return settle_end_of_window(simulation_, part);
    part.is_running = false;
    settle_stream_batch(simulation_, part);
  }

  /// Discards records that are too old: first those that were read, then those that were not.
  void drop_old_records(ShardPart& part) {
    while (!part.to_do.empty()) {
      Range& range = part.to_do.back();
      while (range.begin < range.end && drop_if_old(part.records[range.begin], range.retries))
        range.begin += 1;
      if (range.begin < range.end) return;
      part.to_do.pop_back();
    }
    while (part.next < part.records.size() && drop_if_old(part.records[part.next], 0)) part.next += 1;
  }

  bool drop_if_old(std::size_t number, std::uint32_t invocations) {
    const Stream& stream = simulation_.world.stream;
    const milliseconds age = simulation_.now - simulation_.message(number).sent_at;
    if (age >= stream.retention) {
      simulation_.end(number, Disposition::expired);
    } else if (stream.maximum_record_age && age >= *stream.maximum_record_age) {
      simulation_.end(number, Disposition::dead_lettered, "RecordAgeExceeded", invocations);
    } else {
      return false;
    }
    return true;
  }

  Simulation& simulation_;
  std::vector<ShardPart> parts_;
  std::multimap<milliseconds, std::size_t> wakes_{};  // the parts that need attention then
  std::size_t batches_ = 0;
};

}  // namespace

void run_stream(Simulation& simulation) { StreamRun(simulation).run(); }

}  // namespace batchproof::simulator
