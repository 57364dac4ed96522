// Processors that handle records twice, out of order or not at all (once-in-order).

#include <algorithm>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

BrokenProcessor faulty(std::string name, std::string fault, Source source,
                       std::function<void(Messages&, RecordProbe&)> handling) {
  return {std::move(name),
          std::move(fault),
          "once-in-order",
          source,
          {},
          with_faulty_handling(source, std::move(handling))};
}

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
      faulty("handles_backwards", "Records are handled from the last to the first.", dynamodb,
             handle_backwards),
      faulty("handles_last_first", "The last record of a shard is handled before the others.", kinesis,
             handle_last_first),
      faulty("handles_twice", "A record that fails is handled again at once.", dynamodb, retry_at_once),
      {"passes_over_the_next",
       "The record after a failed one is passed over and reported.",
       "once-in-order",
       kinesis,
       {},
       with_faulty_order(kinesis, stopped_by_neighbour)},
      {"takes_fair_queue_for_fifo",
       "A message group id on a standard queue stops it at the first failure.",
       "once-in-order",
       sqs,
       {},
       with_faulty_order(sqs, stopped_where_there_is_a_group)},
      {"stops_a_stream_unasked",
       "Nothing after the first failure is handled, and no claim says so.",
       "once-in-order",
       dynamodb,
       {},
       with_faulty_order(dynamodb, stopped_by_any)},
      {"claims_to_stop",
       "It claims to stop at the first failure, and goes on.",
       "once-in-order",
       kinesis,
       {.stop_on_first_failure = true},
       with_faulty_order(kinesis, never_stopped)},
  };
}

}  // namespace batchproof::zoo::broken
