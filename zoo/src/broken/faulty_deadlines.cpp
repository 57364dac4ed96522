// Processors that watch the function's deadline, but wrongly.

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds reserve{300};

/// The time until the deadline; nothing without a deadline.
std::optional<milliseconds> time_left(RecordProbe& probe) {
  return probe.context().remaining_time(probe.clock()());
}

/// Handles messages until less than this is left.
std::size_t handle_until(Messages& messages, RecordProbe& probe, milliseconds least) {
  std::size_t index = 0;
  for (; index < messages.size(); ++index) {
    const auto left = time_left(probe);
    if (left && *left < least) break;
    handle(messages[index], probe);
  }
  return index;
}

void never_look(Messages& messages, RecordProbe& probe) { handle_all(messages, probe, never_stopped); }

void keep_nothing_in_reserve(Messages& messages, RecordProbe& probe) {
  handle_until(messages, probe, milliseconds(1));
}

void give_up_early(Messages& messages, RecordProbe& probe) { handle_until(messages, probe, 2 * reserve); }

void take_late_for_done(Messages& messages, RecordProbe& probe) {
  for (std::size_t late = handle_until(messages, probe, reserve); late < messages.size(); ++late)
    messages[late].failed = false;
}

void throw_after_a_failure(Messages& messages, RecordProbe& probe) {
  const auto late = messages.begin() + static_cast<std::ptrdiff_t>(handle_until(messages, probe, reserve));
  const bool failed =
      std::any_of(messages.begin(), late, [](const Message& message) { return message.failed; });
  if (failed && late != messages.end()) throw std::runtime_error("no time left");
}

void report_the_first_late_one_alone(Messages& messages, RecordProbe& probe) {
  for (std::size_t late = handle_until(messages, probe, reserve) + 1; late < messages.size(); ++late)
    messages[late].failed = false;
}

BrokenProcessor broken_deadline(std::string name, std::string fault, std::string law,
                                void (*faulty)(Messages&, RecordProbe&)) {
  return broken_handling(std::move(name), std::move(fault), std::move(law), sqs, faulty,
                         {.reserve = reserve});
}

}  // namespace

std::vector<BrokenProcessor> faulty_deadlines() {
  return {
      broken_deadline("ignores_the_deadline", "It ignores the deadline.", "in-time", never_look),
      broken_deadline("keeps_no_reserve", "Records are started as long as any time is left.", "in-time",
                      keep_nothing_in_reserve),
      broken_deadline("gives_up_early", "It stops when twice its reserve is left.", "in-time", give_up_early),
      broken_deadline("takes_late_for_done", "A record that was not started counts as done.",
                      "late-is-reported", take_late_for_done),
      broken_deadline("reports_the_first_late_one_alone", "Only the record at which it stopped is reported.",
                      "late-is-reported", report_the_first_late_one_alone),
      broken_deadline("throws_when_late_after_a_failure",
                      "It throws when its time is over and a record has failed, although others succeeded.",
                      "late-is-reported", throw_after_a_failure),
  };
}

}  // namespace batchproof::zoo::broken
