#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "agenda.hpp"
#include "invocation.hpp"
#include "note_needless.hpp"
#include "payload_room.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Records of one lane that are delivered together, by place in the lane.
struct Range {
  std::size_t begin;
  std::size_t end;
  std::uint32_t retries = 0;
  milliseconds not_before{0};

  std::size_t size() const noexcept { return end - begin; }
};

/// A shard, or with a parallelization factor a part of it: one batch at a time, in order.
struct Lane {
  std::vector<std::size_t> records{};  ///< numbers of messages
  std::size_t next = 0;                ///< the first record that was never read
  std::vector<Range> to_do{};          ///< what was read and is not done, the first at the back
  Invocation invocation{};
  bool is_running = false;  ///< the range at the back of `to_do` is with the function
};

/// Event source mappings of streams (AWS Lambda developer guide, "Configuring partial batch response with
/// Kinesis Data Streams and Lambda", "How Lambda processes records from stream and queue-based event
/// sources").
class StreamRun {
 public:
  explicit StreamRun(Simulation& simulation)
      : simulation_(simulation),
        lanes_(simulation.world.stream.shards * simulation.world.stream.parallelization_factor) {
    const auto& messages = simulation.finished.messages;
    for (std::size_t number = 0; number < messages.size(); ++number)
      lanes_[messages[number].lane].records.push_back(number);
  }

  void run() {
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) wake_later(lane, milliseconds(0));
    while (!agenda_.is_empty() && !simulation_.is_over()) {
      simulation_.now = agenda_.next_at();
      const std::size_t index = agenda_.take();
      Lane& lane = lanes_[index];
      if (lane.is_running) settle(lane);
      drop_old(lane);
      if (const auto at = next_wake(lane)) wake_later(index, *at);
    }
  }

 private:
  void wake_later(std::size_t lane, milliseconds at) { agenda_.note(std::max(at, simulation_.now), lane); }

  /// Invokes where a batch is ready. When to look at the lane again; nothing when it is done.
  std::optional<milliseconds> next_wake(Lane& lane) {
    if (lane.to_do.empty()) {
      const auto ready_at = read_batch(lane);
      if (!ready_at || *ready_at > simulation_.now) return ready_at;
    }
    if (lane.to_do.back().not_before > simulation_.now) return lane.to_do.back().not_before;
    deliver(lane);
    return lane.invocation.ends_at;
  }

  milliseconds sent_at(const Lane& lane, std::size_t place) const {
    return simulation_.finished.messages[lane.records[place]].sent_at;
  }

  /// Behind the last record that the next batch has room for.
  std::size_t end_of_full_batch(const Lane& lane) const {
    PayloadRoom room(simulation_);
    std::size_t end = lane.next;
    while (end < lane.records.size() && end - lane.next < simulation_.world.batch_size &&
           room.take(lane.records[end]))
      ++end;
    return end;
  }

  /// Reads the next batch where it is full or has waited long enough; otherwise tells when it will be so.
  std::optional<milliseconds> read_batch(Lane& lane) {
    if (lane.next == lane.records.size()) return std::nullopt;
    const World& world = simulation_.world;
    const std::size_t end = end_of_full_batch(lane);
    milliseconds ready_at = sent_at(lane, lane.next) + world.batch_window;
    if (end - lane.next == world.batch_size) {
      ready_at = std::min(ready_at, sent_at(lane, end - 1));
    } else if (end < lane.records.size()) {
      ready_at = std::min(ready_at, sent_at(lane, end));  // which fits in no more
    }
    if (ready_at > simulation_.now) return ready_at;
    const std::size_t begin = lane.next;
    while (lane.next < end && sent_at(lane, lane.next) <= simulation_.now)
      simulation_.message(lane.records[lane.next++]).root = roots_;
    roots_ += 1;
    lane.to_do.push_back({.begin = begin, .end = lane.next});
    return simulation_.now;
  }

  void deliver(Lane& lane) {
    const Range& range = lane.to_do.back();
    const auto first = lane.records.begin();
    lane.invocation.messages.assign(first + static_cast<std::ptrdiff_t>(range.begin),
                                    first + static_cast<std::ptrdiff_t>(range.end));
    lane.is_running = true;
    invoke(simulation_, lane.invocation);
  }

  /// The checkpoint is the lowest reported sequence number: what lies before it is done, and everything from
  /// it on is delivered again.
  void settle(Lane& lane) {
    lane.is_running = false;
    const Range range = lane.to_do.back();
    lane.to_do.pop_back();
    const Invocation& invocation = lane.invocation;
    const std::size_t checkpoint = invocation.whole_batch ? 0 : lowest_reported(invocation);
    tell_deliveries(simulation_, invocation, simulation_.now);
    note_incidents(invocation, checkpoint);
    for (std::size_t place = 0; place < checkpoint; ++place)
      simulation_.end(invocation.messages[place], Fate::done);
    if (checkpoint == range.size()) return;
    if (checkpoint > 0 && simulation_.is_traced())
      simulation_.tell("checkpoint", invocation.messages[checkpoint]);
    if (checkpoint == 0) return fail(lane, range);
    if (simulation_.world.stream.bisect_on_error) note_split(lane, range);
    go_on_behind(lane, {.begin = range.begin + checkpoint, .end = range.end});
  }

  /// What is left behind a checkpoint that moved is a batch of its own, with all its retries. AWS was seen to
  /// count so, and no page says it.
  void go_on_behind(Lane& lane, const Range& rest) {
    for (std::size_t place = rest.begin; place < rest.end; ++place)
      simulation_.message(lane.records[place]).checkpoints += 1;
    lane.to_do.push_back(rest);
  }

  /// The place of the lowest reported record, or the size of the batch: a lane is in the order of its
  /// numbers.
  static std::size_t lowest_reported(const Invocation& invocation) {
    const auto lowest = std::find(invocation.reported.begin(), invocation.reported.end(), true);
    return static_cast<std::size_t>(lowest - invocation.reported.begin());
  }

  void note_incidents(const Invocation& invocation, std::size_t checkpoint) {
    note_needless_on_stream(simulation_, invocation, checkpoint);
    for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
      Message& message = simulation_.message(invocation.messages[place]);
      message.was_disturbed = message.was_disturbed || invocation.was_disturbed;
      if (place < checkpoint && message.successes == 0)
        note(simulation_.finished.skipped, invocation.messages[place], invocation.number);
    }
  }

  /// An error halves the batch, which costs no retry; one record alone can only be tried again.
  void fail(Lane& lane, const Range& range) {
    if (!simulation_.world.stream.bisect_on_error || range.size() == 1) return retry(lane, range);
    note_split(lane, range);
    const std::size_t middle = range.begin + (range.size() + 1) / 2;
    lane.to_do.push_back({.begin = middle, .end = range.end, .retries = range.retries});
    lane.to_do.push_back({.begin = range.begin, .end = middle, .retries = range.retries});
  }

  void note_split(const Lane& lane, const Range& range) {
    for (std::size_t place = range.begin; place < range.end; ++place)
      simulation_.message(lane.records[place]).splits += 1;
    if (simulation_.is_traced())
      simulation_.tell("split", lane.records[range.begin]).number("records", range.size());
  }

  void retry(Lane& lane, Range range) {
    const int most = simulation_.world.stream.maximum_retry_attempts;
    if (most >= 0 && range.retries >= static_cast<std::uint32_t>(most)) {
      for (std::size_t place = range.begin; place < range.end; ++place)
        simulation_.end(lane.records[place], Fate::dead_lettered, "RetryAttemptsExhausted",
                        range.retries + 1);
      return;
    }
    // AWS says that it waits longer each time, and not how long.
    constexpr std::uint32_t longest_doubling = 6;
    range.not_before = simulation_.now + seconds(1) * (1U << std::min(range.retries, longest_doubling));
    range.retries += 1;
    lane.to_do.push_back(range);
  }

  /// Records that became too old leave from the front of what is to do, and of what was not read yet.
  void drop_old(Lane& lane) {
    while (!lane.to_do.empty()) {
      Range& range = lane.to_do.back();
      while (range.begin < range.end && drop_if_old(lane.records[range.begin], range.retries))
        range.begin += 1;
      if (range.begin < range.end) return;
      lane.to_do.pop_back();
    }
    while (lane.next < lane.records.size() && drop_if_old(lane.records[lane.next], 0)) lane.next += 1;
  }

  bool drop_if_old(std::size_t number, std::uint32_t invocations) {
    const Stream& stream = simulation_.world.stream;
    const milliseconds age = simulation_.now - simulation_.message(number).sent_at;
    if (age >= stream.retention) {
      simulation_.end(number, Fate::expired);
    } else if (stream.maximum_record_age && age >= *stream.maximum_record_age) {
      simulation_.end(number, Fate::dead_lettered, "RecordAgeExceeded", invocations);
    } else {
      return false;
    }
    return true;
  }

  Simulation& simulation_;
  std::vector<Lane> lanes_;
  Agenda<std::size_t> agenda_{};
  std::size_t roots_ = 0;
};

}  // namespace

void run_stream(Simulation& simulation) { StreamRun(simulation).run(); }

}  // namespace batchproof::simulator
