// Processors that misread two records with one identifier, which are two deliveries of the same message. A
// standard queue delivers at least once, at times within one batch.

#include <algorithm>
#include <stdexcept>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

bool is_twin(const Message& message, const Message& other) { return message.identifier == other.identifier; }

/// The first message with the identifier of this one: this one itself, unless a twin comes before it.
const Message& first_twin(const Messages& messages, const Message& message) {
  return *std::find_if(messages.begin(), messages.end(),
                       [&](const Message& other) { return is_twin(message, other); });
}

/// Uses a map from identifier to outcome, which keeps the last one.
std::string outcome_of_the_last_twin(const Messages& messages) {
  Messages last;
  for (const Message& message : messages) {
    const auto found =
        std::find_if(last.begin(), last.end(), [&](const Message& other) { return is_twin(message, other); });
    if (found == last.end()) {
      last.push_back(message);
    } else {
      found->failed = message.failed;
    }
  }
  return response_of(failed_identifiers(last));
}

void handle_one_twin(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    const Message& first = first_twin(messages, message);
    if (&first == &message) {
      handle(message, probe);
    } else {
      message.failed = first.failed;
    }
  }
}

void handle_unless_there_are_twins(Messages& messages, RecordProbe& probe) {
  for (const Message& message : messages) {
    if (&first_twin(messages, message) != &message) throw std::runtime_error("an identifier comes twice");
  }
  handle_all(messages, probe, never_stopped);
}

}  // namespace

std::vector<BrokenProcessor> faulty_twins() {
  return {
      broken_report("last_twin_decides",
                    "Of two messages with one identifier the second decides whether both are reported.",
                    "nothing-lost", sqs, outcome_of_the_last_twin),
      broken_handling("refuses_twins", "Two messages with one identifier fail the whole batch.",
                      "nothing-extra", sqs, handle_unless_there_are_twins),
      broken_handling("handles_one_twin", "Of two messages with one identifier only the first is handled.",
                      "once-in-order", sqs, handle_one_twin),
  };
}

}  // namespace batchproof::zoo::broken
