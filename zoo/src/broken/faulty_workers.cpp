// Processors that share records among several workers and lose track of them. The order of the workers is
// fixed here, so that each run shows the same fault.

#include <algorithm>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

void await_nothing(Messages& messages, RecordProbe&) {
  for (Message& message : messages) message.failed = false;
}

/// Overwrites each second failure.
std::string failures_written_over(const Messages& messages) {
  std::vector<std::string> kept;
  std::size_t count = 0;
  for (const std::string& identifier : failed_identifiers(messages)) {
    if (count++ % 2 == 0) {
      kept.push_back(identifier);
    } else {
      kept.back() = identifier;
    }
  }
  return response_of(kept);
}

std::string failures_of_the_second_half(const Messages& messages) {
  const auto middle = messages.begin() + static_cast<std::ptrdiff_t>(messages.size() / 2);
  return response_of(failed_identifiers(Messages(middle, messages.end())));
}

/// The order in which two workers take the positions, when the second is faster.
std::vector<std::size_t> order_of_two_workers(std::size_t size) {
  std::vector<std::size_t> order;
  for (std::size_t index = 1; index < size; index += 2) order.push_back(index);
  for (std::size_t index = 0; index < size; index += 2) order.push_back(index);
  return order;
}

/// Both workers stop after a failure that either has seen.
void share_queue_between_workers(Messages& messages, RecordProbe& probe) {
  for (const std::size_t index : order_of_two_workers(messages.size())) {
    const bool stopped = std::any_of(messages.begin(), messages.end(), [](const Message& message) {
      return message.handled && message.failed;
    });
    if (!stopped) handle(messages[index], probe);
  }
}

std::string report_what_finished_first(std::string_view payload, RecordProbe& probe) {
  Messages messages = read_messages(payload, kinesis);
  std::vector<std::string> failed;
  for (const std::size_t index : order_of_two_workers(messages.size())) {
    handle(messages[index], probe);
    if (messages[index].failed) failed.push_back(messages[index].identifier);
  }
  if (!failed.empty()) failed.resize(1);
  return response_of(failed);
}

}  // namespace

std::vector<BrokenProcessor> faulty_workers() {
  return {
      broken_handling("awaits_nothing",
                      "Handlers are started and never awaited: every record counts as done.", "nothing-lost",
                      sqs, await_nothing),
      broken_report("writes_failures_over", "Two workers write into the same place of the list of failures.",
                    "nothing-lost", kinesis, failures_written_over),
      broken_report(
          "second_half_wipes_the_first",
          "A batch runs in two halves at once, and the second begins by emptying the list of failures.",
          "nothing-lost", sqs, failures_of_the_second_half),
      broken_handling("shares_queue_between_workers", "Two workers share the messages of a FIFO queue.",
                      "fifo-stops", sqs_fifo, share_queue_between_workers),
      broken_processor("first_to_fail_as_checkpoint",
                       "Two workers share a shard, and whichever record fails first is the checkpoint.",
                       "checkpoint", kinesis, report_what_finished_first, {.reports_every_failure = false}),
  };
}

}  // namespace batchproof::zoo::broken
