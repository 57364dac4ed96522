#include <batchproof/simulator/finished_world.hpp>

namespace batchproof::simulator {

std::string_view name(Disposition disposition) noexcept {
  switch (disposition) {
    case Disposition::done:
      return "done";
    case Disposition::dead_lettered:
      return "dead_lettered";
    case Disposition::expired:
      return "expired";
    case Disposition::on_source:
      break;
  }
  return "on_source";
}

Summary summary_of(const FinishedWorld& finished) {
  Summary summary{.messages = finished.messages.size(),
                  .invocations = finished.invocations,
                  .time_to_rest = finished.ended_at};
  for (const Message& message : finished.messages) {
    summary.deliveries += message.deliveries;
    if (message.deliveries > 1) summary.redeliveries += message.deliveries - 1;
    // A record counts as handled for the laws whatever the function says of it; here its answer counts.
    const bool is_done = message.disposition == Disposition::done;
    const bool is_processed = message.successes > 0 && (is_done || !finished.world.calls_are_assumed);
    if (is_processed) summary.processed += 1;
    summary.handler_calls += message.tries;
    if (message.successes > 1) summary.wasted_calls += message.successes - 1;
    if (message.disposition == Disposition::dead_lettered) summary.dead_lettered += 1;
    if (message.disposition == Disposition::dead_lettered && message.tries == 0) summary.never_tried += 1;
    if (message.disposition == Disposition::expired && !is_processed) summary.expired += 1;
    if (is_done && !is_processed) summary.lost += 1;
  }
  return summary;
}

}  // namespace batchproof::simulator
