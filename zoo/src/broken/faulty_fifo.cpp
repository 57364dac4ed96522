// FIFO processors that break order (fifo-stops, skip-the-group).

#include <algorithm>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

constexpr ProcessorClaims skips_groups{.skip_group_on_error = true};

BrokenProcessor stops_wrongly(std::string name, std::string fault, IsStopped is_stopped) {
  return broken_order(std::move(name), std::move(fault), "fifo-stops", sqs_fifo, std::move(is_stopped));
}

BrokenProcessor skips_wrongly(std::string name, std::string fault, IsStopped is_stopped) {
  return broken_order(std::move(name), std::move(fault), "skip-the-group", sqs_fifo, std::move(is_stopped),
                      skips_groups);
}

std::string only(const Messages& messages, bool handled) {
  Messages kept;
  std::copy_if(messages.begin(), messages.end(), std::back_inserter(kept),
               [=](const Message& message) { return message.handled == handled; });
  return response_of(failed_identifiers(kept));
}

std::string handled_failures(const Messages& messages) { return only(messages, true); }
std::string skipped_messages(const Messages& messages) { return only(messages, false); }

bool stopped_by_first_message(const Messages& messages, std::size_t index) {
  return index > 0 && messages.front().failed;
}

/// The messages before this one whose handlers failed.
Messages failed_before(const Messages& messages, std::size_t index) {
  Messages failed;
  std::copy_if(messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(index),
               std::back_inserter(failed),
               [](const Message& earlier) { return earlier.handled && earlier.failed; });
  return failed;
}

/// Remembers only the group that failed last.
bool stopped_by_group_that_failed_last(const Messages& messages, std::size_t index) {
  Messages failed = failed_before(messages, index);
  if (failed.empty()) return false;
  Messages last{failed.back(), messages[index]};
  return stopped_by_group(last, 1);
}

/// Handles messages again after any success.
bool stopped_until_next_success(const Messages& messages, std::size_t index) {
  Messages since;
  for (std::size_t earlier = 0; earlier < index; ++earlier) {
    if (messages[earlier].failed) {
      since.push_back(messages[earlier]);
    } else {
      since.clear();
    }
  }
  since.push_back(messages[index]);
  return stopped_by_group(since, since.size() - 1);
}

/// Treats messages without a group as a group of their own.
bool stopped_by_equal_group(const Messages& messages, std::size_t index) {
  return any_failed_before(messages, index,
                           [&](const Message& earlier) { return earlier.group == messages[index].group; });
}

}  // namespace

std::vector<BrokenProcessor> faulty_fifo() {
  return {
      stops_wrongly("fifo_continues_after_failure", "Messages after a failure are handled.", never_stopped),
      stops_wrongly("fifo_stops_one_message_only", "A failure stops the next message alone.",
                    stopped_by_neighbour),
      stops_wrongly("fifo_stops_at_first_message_only",
                    "Only a failure of the first message stops the batch.", stopped_by_first_message),
      stops_wrongly("fifo_stops_groups_unasked",
                    "A failure stops its message group alone, without the option.", stopped_by_group),
      broken_report("fifo_forgets_unhandled", "Messages after the first failure are not reported.",
                    "fifo-stops", sqs_fifo, handled_failures),
      skips_wrongly("skip_group_stops_other_groups", "A failure in one message group stops the others.",
                    stopped_by_any),
      skips_wrongly("skip_group_ignored", "Messages of a failed group are handled.", never_stopped),
      skips_wrongly("skip_group_takes_no_group_for_a_group",
                    "Messages without a group do not stop those with one.", stopped_by_equal_group),
      skips_wrongly("skip_group_keeps_one_group", "Only the message group that failed last is skipped.",
                    stopped_by_group_that_failed_last),
      skips_wrongly("skip_group_ends_at_a_success",
                    "A message that succeeds ends the skipping of failed message groups.",
                    stopped_until_next_success),
      broken_report("skip_group_forgets_skipped",
                    "Messages that were skipped with their group are not reported.", "skip-the-group",
                    sqs_fifo, handled_failures, skips_groups),
      broken_report("group_failure_forgets_failed_record",
                    "The message that failed its group is itself not reported.", "skip-the-group", sqs_fifo,
                    skipped_messages, skips_groups),
  };
}

}  // namespace batchproof::zoo::broken
