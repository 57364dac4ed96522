// Processors that handle records twice, out of order or not at all (once-in-order).

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

void handle_backwards(Messages& messages, RecordProbe& probe) {
  for (auto message = messages.rbegin(); message != messages.rend(); ++message) handle(*message, probe);
}

void retry_at_once(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    handle(message, probe);
    if (message.failed) handle(message, probe);
  }
}

void handle_last_first(Messages& messages, RecordProbe& probe) {
  if (!messages.empty()) handle(messages.back(), probe);
  for (std::size_t index = 0; index + 1 < messages.size(); ++index) handle(messages[index], probe);
}

/// Fair queues have a MessageGroupId but promise no order.
bool stopped_where_there_is_a_group(const Messages& messages, std::size_t index) {
  return messages[index].group && stopped_by_any(messages, index);
}

}  // namespace

std::vector<BrokenProcessor> faulty_handling() {
  return {
      broken_handling("handles_backwards", "Records are handled from the last to the first.", "once-in-order",
                      dynamodb, handle_backwards),
      broken_handling("handles_last_first", "The last record of a shard is handled before the others.",
                      "once-in-order", kinesis, handle_last_first),
      broken_handling("handles_twice", "A record that fails is handled again at once.", "once-in-order",
                      dynamodb, retry_at_once),
      broken_order("passes_over_the_next", "The record after a failed one is passed over and reported.",
                   "once-in-order", kinesis, stopped_by_neighbour),
      broken_order("takes_fair_queue_for_fifo",
                   "A message group id on a standard queue stops it at the first failure.", "once-in-order",
                   sqs, stopped_where_there_is_a_group),
      broken_order("stops_a_stream_unasked",
                   "Nothing after the first failure is handled, and no claim says so.", "once-in-order",
                   dynamodb, stopped_by_any),
      broken_order("claims_to_stop", "It claims to stop at the first failure, and goes on.", "once-in-order",
                   kinesis, never_stopped, {.stop_on_first_failure = true}),
  };
}

}  // namespace batchproof::zoo::broken
