// Simulates the event source mapping of a stream (AWS Lambda developer guide, "Configuring partial batch
// response with Kinesis Data Streams and Lambda", "How Lambda processes records from stream and queue-based
// event sources"), or a pipe that reads the stream. Each part of a shard has a stack of ranges of records
// that are still to be processed: bisecting a batch pushes two of them.
//
//     StreamRun(simulation).run();

#include <algorithm>
#include <batchproof/fixtures/utc_text.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "invocation.hpp"
#include "payload_budget.hpp"
#include "record_overtakings.hpp"
#include "record_unneeded_redelivery.hpp"
#include "record_writer.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string no_state = "{}";

/// Records that are delivered together, by their places in the shard part.
struct Range {
  std::size_t begin;
  std::size_t end;
  std::uint32_t retries = 0;
  milliseconds not_before{0};

  std::size_t size() const noexcept { return end - begin; }
};

/// A whole shard, or one of its parts when the parallelization factor is above 1. It has one batch in flight
/// at a time, in order.
struct ShardPart {
  std::vector<std::size_t> records{};  ///< numbers of messages
  std::size_t next = 0;                ///< the first record that was not read yet
  std::vector<Range> to_do{};          ///< ranges that were read and are not done; the first is at the back
  Invocation invocation{};
  bool is_running = false;  ///< the function processes the range at the back of `to_do`, or ends the window

  // Sources with windows:
  std::optional<milliseconds> window{};  ///< when the current window began; nothing before its first record
  std::string state = no_state;          ///< the last state that was returned in the window
  Range ending{};                        ///< its last invocation, if that has no records
  std::optional<milliseconds> ending_since{};  ///< when that was first tried
  bool ends_with_records = false;  ///< the last invocation has the last of the records, if possible
  bool is_ending = false;          ///< the function ends the window, without records
};

class StreamRun {
 public:
  explicit StreamRun(Simulation& simulation)
      : simulation_(simulation),
        parts_(simulation.world.stream.shards * simulation.world.stream.parallelization_factor) {
    const auto& messages = simulation.finished.messages;
    for (std::size_t number = 0; number < messages.size(); ++number)
      parts_[messages[number].shard_part].records.push_back(number);
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
    if (part.to_do.empty() && part.window && is_window_read(part)) {
      if (const auto at = end_window(part)) return at;
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

  /// The place after the last record that fits into the next batch.
  std::size_t end_of_full_batch(const ShardPart& part) const {
    PayloadBudget budget(simulation_);
    const bool has_windows = fixtures::has_windows(simulation_.world.source);
    std::size_t end = part.next;
    while (end < part.records.size() && end - part.next < *simulation_.world.batch_size &&
           (!has_windows || window_of(part, end) == window_of(part, part.next)) &&
           budget.try_add(part.records[end]))
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
    if (fixtures::has_windows(world.source) && !part.window) begin_window(part);
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
    if (part.window) {
      const bool has_ended = simulation_.now >= *part.window + simulation_.world.stream.tumbling_window;
      const bool is_last = part.to_do.size() == 1 && is_window_read(part);
      write_window(part, part.ends_with_records && has_ended && is_last);
    }
    part.is_running = true;
    invoke(simulation_, part.invocation);
  }

  /// The beginning of the window in which a record arrives.
  milliseconds window_of(const ShardPart& part, std::size_t place) const {
    const milliseconds arrival = began + sent_at(part, place);
    return arrival - arrival % simulation_.world.stream.tumbling_window - began;
  }

  /// True when all records of the current window were read.
  bool is_window_read(const ShardPart& part) const {
    return part.next == part.records.size() || window_of(part, part.next) != *part.window;
  }

  void begin_window(ShardPart& part) {
    part.window = window_of(part, part.next);
    part.state = no_state;
    part.ending = {};
    part.ending_since.reset();
    part.ends_with_records = simulation_.random.below(2) == 0;
  }

  void write_window(ShardPart& part, bool is_final) const {
    const milliseconds end = *part.window + simulation_.world.stream.tumbling_window;
    const std::size_t shard = static_cast<std::size_t>(&part - parts_.data());
    part.invocation.batch.window = fixtures::WindowOfEvent{.start = fixtures::utc_text(began + *part.window),
                                                           .end = fixtures::utc_text(began + end),
                                                           .shard_id = shard_name(shard)};
    part.invocation.batch.invocation =
        fixtures::InvocationOfWindow{.state = part.state, .is_final = is_final};
  }

  /// Invokes the function without records when the window is over, until an invocation succeeds. Returns when
  /// the shard needs attention again; nothing when the window was abandoned.
  std::optional<milliseconds> end_window(ShardPart& part) {
    const milliseconds over_at = *part.window + simulation_.world.stream.tumbling_window;
    const milliseconds at = std::max(over_at, part.ending.not_before);
    if (at > simulation_.now) return at;
    if (!part.ending_since) part.ending_since = simulation_.now;
    if (simulation_.now - *part.ending_since >= simulation_.world.stream.retention) {
      part.window.reset();
      return std::nullopt;
    }
    part.invocation.messages.clear();
    write_window(part, true);
    part.is_running = part.is_ending = true;
    invoke(simulation_, part.invocation);
    return part.invocation.ends_at;
  }

  /// Handles the answer to the last invocation of a window, which had no records.
  void settle_end(ShardPart& part) {
    part.is_running = part.is_ending = false;
    if (!part.invocation.complete_failure) return finish_window(part);
    wait_longer(part.ending);
  }

  void finish_window(ShardPart& part) {
    simulation_.finished.windows.push_back({.shard = static_cast<std::size_t>(&part - parts_.data()),
                                            .start = *part.window,
                                            .state = part.invocation.state});
    part.window.reset();
  }

  /// The checkpoint is the lowest reported sequence number. Records before it are done; all records from it
  /// on are delivered again.
  void settle(ShardPart& part) {
    if (part.is_ending) return settle_end(part);
    part.is_running = false;
    const Range range = part.to_do.back();
    part.to_do.pop_back();
    if (fixtures::is_pipe(simulation_.world.source)) return settle_in_pipe(part, range);
    const Invocation& invocation = part.invocation;
    const std::size_t checkpoint = invocation.complete_failure ? 0 : lowest_reported(invocation);
    report_deliveries(simulation_, invocation, simulation_.now);
    record_incidents(invocation, checkpoint);
    for (std::size_t place = 0; place < checkpoint; ++place)
      simulation_.end(invocation.messages[place], Disposition::done);
    if (part.window && !invocation.complete_failure) part.state = invocation.state;
    if (checkpoint == range.size()) {
      if (part.window && invocation.batch.invocation->is_final) finish_window(part);
      return;
    }
    if (checkpoint == 0) return fail(part, range);
    if (simulation_.is_traced()) simulation_.trace_line("checkpoint", invocation.messages[checkpoint]);
    if (simulation_.world.stream.bisect_on_error) count_split(part, range);
    continue_at_checkpoint(part, {.begin = range.begin + checkpoint, .end = range.end});
  }

  /// A pipe delivers again only the records that failed, or, where it bisects, both halves of the batch
  /// ("Amazon Kinesis stream as a source for EventBridge Pipes", EventBridge user guide). No page says how it
  /// counts the retries: here those of the batch go on.
  void settle_in_pipe(ShardPart& part, Range range) {
    const Invocation& invocation = part.invocation;
    report_deliveries(simulation_, invocation, simulation_.now);
    record_unneeded_redelivery_of_listed(simulation_, invocation);
    std::vector<std::size_t> failed;
    for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
      Message& message = simulation_.message(invocation.messages[place]);
      message.was_disturbed = message.was_disturbed || invocation.was_disturbed;
      if (invocation.returns(place)) failed.push_back(invocation.messages[place]);
    }
    if (!failed.empty() && bisects(range)) return fail(part, range);
    record_overtakings(simulation_, invocation);
    for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
      if (invocation.returns(place)) continue;
      simulation_.end(invocation.messages[place], Disposition::done);
      part.records[range.begin++] = invocation.messages[place];
    }
    std::copy(failed.begin(), failed.end(), part.records.begin() + static_cast<std::ptrdiff_t>(range.begin));
    if (!failed.empty()) retry(part, range);
  }

  bool bisects(const Range& range) const {
    return simulation_.world.stream.bisect_on_error && range.size() > 1;
  }

  /// Records from a checkpoint that moved are a batch of their own, with all its retries. This was recorded
  /// on AWS; no page says so.
  void continue_at_checkpoint(ShardPart& part, const Range& rest) {
    for (std::size_t place = rest.begin; place < rest.end; ++place)
      simulation_.message(part.records[place]).checkpoints += 1;
    part.to_do.push_back(rest);
  }

  /// The place of the lowest reported record, or the size of the batch. A part keeps the order of sequence
  /// numbers.
  static std::size_t lowest_reported(const Invocation& invocation) {
    const auto lowest = std::find(invocation.reported.begin(), invocation.reported.end(), true);
    return static_cast<std::size_t>(lowest - invocation.reported.begin());
  }

  void record_incidents(const Invocation& invocation, std::size_t checkpoint) {
    record_unneeded_redelivery_on_stream(simulation_, invocation, checkpoint);
    for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
      Message& message = simulation_.message(invocation.messages[place]);
      message.was_disturbed = message.was_disturbed || invocation.was_disturbed;
      if (place >= checkpoint) continue;
      if (message.successes > 0 && !invocation.tried[place]) message.passed_over = simulation_.successes;
      if (message.successes == 0) add_incident(simulation_.finished.skipped, incident_of(invocation, place));
    }
  }

  /// An error halves the batch without using up a retry. A single record can only be retried.
  void fail(ShardPart& part, const Range& range) {
    if (!bisects(range)) return retry(part, range);
    count_split(part, range);
    for (std::size_t place = range.begin; place < range.end; ++place)
      simulation_.message(part.records[place]).halvings += 1;
    const std::size_t middle = range.begin + (range.size() + 1) / 2;
    part.to_do.push_back({.begin = middle, .end = range.end, .retries = range.retries});
    part.to_do.push_back({.begin = range.begin, .end = middle, .retries = range.retries});
  }

  /// A batch that ends at a record which its deadline left untried splits too, but no failure caused that.
  void count_split(const ShardPart& part, const Range& range) {
    const Invocation& invocation = part.invocation;
    const bool has_failure = invocation.complete_failure || invocation.tried[lowest_reported(invocation)];
    for (std::size_t place = range.begin; place < range.end; ++place)
      simulation_.message(part.records[place]).splits += has_failure ? 1 : 0;
    if (simulation_.is_traced())
      simulation_.trace_line("split", part.records[range.begin]).number("records", range.size());
  }

  void retry(ShardPart& part, Range range) {
    const int most = simulation_.world.stream.maximum_retry_attempts;
    if (most >= 0 && range.retries >= static_cast<std::uint32_t>(most)) {
      for (std::size_t place = range.begin; place < range.end; ++place)
        simulation_.end(part.records[place], Disposition::dead_lettered, "RetryAttemptsExhausted",
                        range.retries + 1);
      return;
    }
    wait_longer(range);
    part.to_do.push_back(range);
  }

  /// AWS says that the wait grows, but not how long it is.
  void wait_longer(Range& range) const {
    constexpr std::uint32_t longest_doubling = 6;
    range.not_before = simulation_.now + seconds(1) * (1U << std::min(range.retries, longest_doubling));
    range.retries += 1;
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
