// Processors that report too little (nothing-lost) or too much (nothing-extra).

#include <stdexcept>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

std::string all_but_last_failure(const Messages& messages) {
  auto failed = failed_identifiers(messages);
  if (!failed.empty()) failed.pop_back();
  return response_of(failed);
}

std::string last_failure_alone(const Messages& messages) {
  const auto failed = failed_identifiers(messages);
  return failed.empty() ? response_of({}) : response_of({failed.back()});
}

/// Only the error held the list, and it was not thrown.
std::string nothing_when_all_failed(const Messages& messages) {
  const auto failed = failed_identifiers(messages);
  return response_of(failed.size() == messages.size() ? std::vector<std::string>() : failed);
}

/// Overrides the hook of its base class, which would have recorded the failure.
void note_no_failure(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    handle(message, probe);
    message.failed = false;
  }
}

std::string every_record_once_one_failed(const Messages& messages) {
  if (failed_identifiers(messages).empty()) return response_of({});
  std::vector<std::string> all;
  for (const Message& message : messages) all.push_back(message.identifier);
  return response_of(all);
}

std::string error_once_one_failed(const Messages& messages) {
  if (!failed_identifiers(messages).empty()) throw std::runtime_error("a record failed");
  return response_of({});
}

void trust_what_is_no_exception(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    message.failed = false;
    try {
      probe(message.identifier);
    } catch (const std::exception&) {
      message.failed = true;
    } catch (...) {
    }
  }
}

}  // namespace

std::vector<BrokenProcessor> faulty_reports() {
  return {
      broken_report("loses_last_failure", "The last failure is not reported.", "nothing-lost", sqs,
                    all_but_last_failure),
      broken_report("reports_only_last_failure", "Of several failures only the last is reported.",
                    "nothing-lost", sqs, last_failure_alone),
      broken_report("forgets_to_return_failures", "Failures are gathered, and the response is empty.",
                    "nothing-lost", kinesis, [](const Messages&) { return response_of({}); }),
      broken_report("answers_nothing_when_all_failed", "When every record failed, the list is empty.",
                    "nothing-lost", dynamodb, nothing_when_all_failed),
      broken_handling("notes_no_failure", "A failure hook was overridden, and the failure is noted no more.",
                      "nothing-lost", sqs_fifo, note_no_failure),
      broken_handling("trusts_what_is_no_exception",
                      "A handler that throws something that is not a std::exception counts as done.",
                      "nothing-lost", dynamodb, trust_what_is_no_exception),
      broken_report("reports_successes", "Once one record failed, all are reported.", "nothing-extra", sqs,
                    every_record_once_one_failed),
      broken_report("raises_once_one_failed", "One failure fails the whole batch.", "nothing-extra", sqs,
                    error_once_one_failed),
      broken_handling("lets_what_is_no_exception_escape",
                      "A handler that throws something that is not a std::exception fails the batch.",
                      "nothing-extra", sqs, catch_exceptions_alone),
  };
}

}  // namespace batchproof::zoo::broken
