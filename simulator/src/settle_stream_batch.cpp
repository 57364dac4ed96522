#include "settle_stream_batch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "invocation.hpp"
#include "record_overtakings.hpp"
#include "record_unneeded_redelivery.hpp"
#include "shard_window.hpp"

namespace batchproof::simulator {
namespace {

bool bisects(const Simulation& simulation, const Range& range) {
  return simulation.world.stream.bisect_on_error && range.size() > 1;
}

/// What the service delivers again of a batch.
struct Redelivery {
  std::vector<bool> comes_again;      ///< by place
  std::vector<std::size_t> lowest{};  ///< the place of the lowest reported record of each shard that has one
};

/// Of each shard, or partition of Kafka, the records from the lowest reported one on: its checkpoint. The
/// records of each stand in the order of their numbers.
Redelivery redelivery_of_stream(Simulation& simulation, const Invocation& invocation) {
  Redelivery back{.comes_again =
                      std::vector<bool>(invocation.messages.size(), invocation.complete_failure.has_value())};
  if (invocation.complete_failure) return back;
  const auto shard_of = [&](std::size_t place) {
    return simulation.message(invocation.messages[place]).shard_part;
  };
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    const auto is_of_same_shard = [&](std::size_t lowest) { return shard_of(lowest) == shard_of(place); };
    back.comes_again[place] = std::any_of(back.lowest.begin(), back.lowest.end(), is_of_same_shard);
    if (back.comes_again[place] || !invocation.reported[place]) continue;
    back.lowest.push_back(place);
    back.comes_again[place] = true;
  }
  return back;
}

/// Ends the records that do not come again, and puts them first, in front of the others. Returns the range of
/// those.
Range end_done(Simulation& simulation, ShardPart& part, Range range, const std::vector<bool>& comes_again) {
  const std::vector<std::size_t>& messages = part.invocation.messages;
  std::vector<std::size_t> others;
  for (std::size_t place = 0; place < messages.size(); ++place) {
    if (comes_again[place]) {
      others.push_back(messages[place]);
    } else {
      simulation.end(messages[place], Disposition::done);
      part.records[range.begin++] = messages[place];
    }
  }
  std::sort(others.begin(), others.end());
  std::copy(others.begin(), others.end(), part.records.begin() + static_cast<std::ptrdiff_t>(range.begin));
  return range;
}

void retry(Simulation& simulation, ShardPart& part, Range range) {
  const int most = simulation.world.stream.maximum_retry_attempts;
  if (most >= 0 && range.retries >= static_cast<std::uint32_t>(most)) {
    for (std::size_t place = range.begin; place < range.end; ++place)
      simulation.end(part.records[place], Disposition::dead_lettered, "RetryAttemptsExhausted",
                     range.retries + 1);
    return;
  }
  range.wait_longer(simulation.now);
  part.to_do.push_back(range);
}

/// A batch that ends at a record which its deadline left untried splits too, but no failure caused that.
void count_split(Simulation& simulation, const ShardPart& part, const Range& range, const Redelivery& back) {
  const Invocation& invocation = part.invocation;
  const auto was_tried = [&](std::size_t place) { return invocation.tried[place]; };
  const bool has_failure =
      invocation.complete_failure || std::any_of(back.lowest.begin(), back.lowest.end(), was_tried);
  for (std::size_t place = range.begin; place < range.end; ++place)
    simulation.message(part.records[place]).splits += has_failure ? 1 : 0;
  if (simulation.is_traced())
    simulation.trace_line("split", part.records[range.begin]).number("records", range.size());
}

/// An error halves the batch without using up a retry. A single record can only be retried.
void fail(Simulation& simulation, ShardPart& part, const Range& range, const Redelivery& back) {
  if (!bisects(simulation, range)) return retry(simulation, part, range);
  count_split(simulation, part, range, back);
  for (std::size_t place = range.begin; place < range.end; ++place)
    simulation.message(part.records[place]).halvings += 1;
  const std::size_t middle = range.begin + (range.size() + 1) / 2;
  part.to_do.push_back({.begin = middle, .end = range.end, .retries = range.retries});
  part.to_do.push_back({.begin = range.begin, .end = middle, .retries = range.retries});
}

/// Records from a checkpoint that moved are a batch of their own, with all its retries. This was recorded on
/// AWS; no page says so.
void continue_at_checkpoint(Simulation& simulation, ShardPart& part, const Range& rest) {
  for (std::size_t place = rest.begin; place < rest.end; ++place)
    simulation.message(part.records[place]).checkpoints += 1;
  part.to_do.push_back(rest);
}

void record_incidents(Simulation& simulation, const Invocation& invocation,
                      const std::vector<bool>& comes_again) {
  record_unneeded_redelivery_on_stream(simulation, invocation, comes_again);
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    Message& message = simulation.message(invocation.messages[place]);
    message.was_disturbed = message.was_disturbed || invocation.was_disturbed;
    if (comes_again[place]) continue;
    if (message.successes > 0 && !invocation.tried[place]) message.passed_over = simulation.successes;
    if (message.successes == 0) add_incident(simulation.finished.skipped, incident_of(invocation, place));
  }
}

/// Records before a checkpoint are done; all records from it on are delivered again.
void settle_on_lambda(Simulation& simulation, ShardPart& part, const Range& range) {
  const Invocation& invocation = part.invocation;
  const Redelivery back = redelivery_of_stream(simulation, invocation);
  record_incidents(simulation, invocation, back.comes_again);
  const Range rest = end_done(simulation, part, range, back.comes_again);
  if (part.window && !invocation.complete_failure) part.window->state = invocation.state;
  if (rest.size() == 0) {
    if (part.window && invocation.batch.invocation->is_final) finish_window(simulation, part);
    return;
  }
  if (rest.size() == range.size()) return fail(simulation, part, range, back);
  if (simulation.is_traced())
    for (const std::size_t place : back.lowest)
      simulation.trace_line("checkpoint", invocation.messages[place]);
  if (simulation.world.stream.bisect_on_error) count_split(simulation, part, range, back);
  continue_at_checkpoint(simulation, part, {.begin = rest.begin, .end = rest.end});
}

/// A pipe delivers again only the records that failed, or, where it bisects, both halves of the batch
/// ("Amazon Kinesis stream as a source for EventBridge Pipes", EventBridge user guide). No page says how it
/// counts the retries: here those of the batch go on.
void settle_in_pipe(Simulation& simulation, ShardPart& part, const Range& range) {
  const Invocation& invocation = part.invocation;
  record_unneeded_redelivery_of_listed(simulation, invocation);
  Redelivery back{.comes_again = std::vector<bool>(invocation.messages.size())};
  for (std::size_t place = 0; place < invocation.messages.size(); ++place) {
    Message& message = simulation.message(invocation.messages[place]);
    message.was_disturbed = message.was_disturbed || invocation.was_disturbed;
    back.comes_again[place] = invocation.returns(place);
    if (invocation.reported[place] && back.lowest.empty()) back.lowest.push_back(place);
  }
  const bool has_failure =
      std::find(back.comes_again.begin(), back.comes_again.end(), true) != back.comes_again.end();
  if (has_failure && bisects(simulation, range)) return fail(simulation, part, range, back);
  record_overtakings(simulation, invocation);
  const Range failed = end_done(simulation, part, range, back.comes_again);
  if (failed.size() > 0) retry(simulation, part, failed);
}

}  // namespace

void settle_stream_batch(Simulation& simulation, ShardPart& part) {
  const Range range = part.to_do.back();
  part.to_do.pop_back();
  report_deliveries(simulation, part.invocation, simulation.now);
  if (fixtures::is_pipe(simulation.world.source)) {
    settle_in_pipe(simulation, part, range);
  } else {
    settle_on_lambda(simulation, part, range);
  }
}

}  // namespace batchproof::simulator
