#include "shard_window.hpp"

#include <algorithm>
#include <batchproof/fixtures/utc_text.hpp>

#include "invocation.hpp"
#include "record_writer.hpp"

namespace batchproof::simulator {
namespace {

using std::chrono::milliseconds;

milliseconds end_of(const ShardWindow& window, const Simulation& simulation) {
  return window.start + simulation.world.stream.tumbling_window;
}

void show(const Simulation& simulation, ShardPart& part, bool is_final) {
  const ShardWindow& window = *part.window;
  part.invocation.batch.window =
      fixtures::WindowOfEvent{.start = fixtures::utc_text(began + window.start),
                              .end = fixtures::utc_text(began + end_of(window, simulation)),
                              .shard_id = shard_name(part.number)};
  part.invocation.batch.invocation =
      fixtures::InvocationOfWindow{.state = window.state, .is_final = is_final};
}

}  // namespace

milliseconds start_of_window(const Simulation& simulation, const ShardPart& part, std::size_t place) {
  const milliseconds arrival = began + simulation.finished.messages[part.records[place]].sent_at;
  return arrival - arrival % simulation.world.stream.tumbling_window - began;
}

bool is_window_read(const Simulation& simulation, const ShardPart& part) {
  return part.next == part.records.size() ||
         start_of_window(simulation, part, part.next) != part.window->start;
}

void begin_window(Simulation& simulation, ShardPart& part) {
  part.window = ShardWindow{.start = start_of_window(simulation, part, part.next),
                            .ends_with_records = simulation.random.below(2) == 0};
}

void show_window(const Simulation& simulation, ShardPart& part) {
  const bool has_ended = simulation.now >= end_of(*part.window, simulation);
  const bool is_last = part.to_do.size() == 1 && is_window_read(simulation, part);
  show(simulation, part, part.window->ends_with_records && has_ended && is_last);
}

std::optional<milliseconds> end_window(Simulation& simulation, ShardPart& part) {
  ShardWindow& window = *part.window;
  const milliseconds at = std::max(end_of(window, simulation), window.ending.not_before);
  if (at > simulation.now) return at;
  if (!window.ending_since) window.ending_since = simulation.now;
  if (simulation.now - *window.ending_since >= simulation.world.stream.retention) {
    part.window.reset();
    return std::nullopt;
  }
  part.invocation.messages.clear();
  show(simulation, part, true);
  part.is_running = window.is_ending = true;
  invoke(simulation, part.invocation);
  return part.invocation.ends_at;
}

void settle_end_of_window(Simulation& simulation, ShardPart& part) {
  part.is_running = part.window->is_ending = false;
  if (!part.invocation.complete_failure) return finish_window(simulation, part);
  part.window->ending.wait_longer(simulation.now);
}

void finish_window(Simulation& simulation, ShardPart& part) {
  simulation.finished.windows.push_back(
      {.shard = part.number, .start = part.window->start, .state = part.invocation.state});
  part.window.reset();
}

}  // namespace batchproof::simulator
