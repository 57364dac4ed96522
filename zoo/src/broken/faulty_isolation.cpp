// Processors that let a record's failure spread (contained), remember earlier batches (fresh), or let records
// depend on others (independence).

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

/// Catches only std::exception around all records; anything else ends the loop.
void stop_at_what_is_no_exception(Messages& messages, RecordProbe& probe) {
  try {
    catch_exceptions_alone(messages, probe);
  } catch (...) {
  }
}

/// Treats the exception as a mistake in the program, and stops.
void stop_at_logic_error(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const std::logic_error&) {
      return;
    } catch (...) {
    }
  }
}

void let_failure_hook_throw(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    handle(message, probe);
    if (message.failed) throw std::runtime_error("the failure hook failed");
  }
}

/// Keeps the list of failures in the processor and never clears it.
Subject keep_failures() {
  const auto failed = std::make_shared<std::vector<std::string>>();
  return [failed](std::string_view payload, RecordProbe& probe) {
    Messages messages = read_messages(payload, dynamodb);
    handle_all(messages, probe, never_stopped);
    for (const std::string& identifier : failed_identifiers(messages)) failed->push_back(identifier);
    return response_of(*failed);
  };
}

/// Keeps the failed groups of one batch until the next one has been handled.
Subject keep_failed_groups() {
  const auto failed_groups = std::make_shared<std::set<std::string>>();
  return [failed_groups](std::string_view payload, RecordProbe& probe) {
    Messages messages = read_messages(payload, sqs_fifo);
    handle_all(messages, probe, [&](const Messages& all, std::size_t index) {
      const auto& group = all[index].group;
      return stopped_by_group(all, index) || (group && failed_groups->contains(*group));
    });
    failed_groups->clear();
    for (const Message& message : messages) {
      if (message.handled && message.failed && message.group) failed_groups->insert(*message.group);
    }
    return response_of(failed_identifiers(messages));
  };
}

/// Stops after a batch that failed completely, until the end of the next batch.
Subject stay_stopped() {
  const auto stopped = std::make_shared<bool>(false);
  return [stopped](std::string_view payload, RecordProbe& probe) {
    Messages messages = read_messages(payload, kinesis);
    handle_all(messages, probe, [&](const Messages& all, std::size_t index) {
      return *stopped || stopped_by_any(all, index);
    });
    const bool was_stopped = *stopped;
    *stopped = !was_stopped && !messages.empty() && failed_identifiers(messages).size() == messages.size();
    return response_of(failed_identifiers(messages));
  };
}

/// Refuses a message that failed in the batch before, so that it cannot fail two batches.
Subject refuse_what_failed_before() {
  const auto failed_before = std::make_shared<std::set<std::string>>();
  return [failed_before](std::string_view payload, RecordProbe& probe) {
    Messages messages = read_messages(payload, sqs);
    handle_all(messages, probe, [&](const Messages& all, std::size_t index) {
      return failed_before->contains(all[index].identifier);
    });
    failed_before->clear();
    for (const Message& message : messages) {
      if (message.handled && message.failed) failed_before->insert(message.identifier);
    }
    return response_of(failed_identifiers(messages));
  };
}

std::string every_record_when_most_failed(const Messages& messages) {
  auto reported = failed_identifiers(messages);
  if (2 * reported.size() <= messages.size()) return response_of(reported);
  reported.clear();
  for (const Message& message : messages) reported.push_back(message.identifier);
  return response_of(reported);
}

/// Messages of a fair queue have their tenant as message group.
std::string messages_of_failed_tenants(const Messages& messages) {
  std::vector<std::string> reported;
  for (const Message& message : messages) {
    const bool tenant_failed = std::any_of(messages.begin(), messages.end(), [&](const Message& other) {
      return other.failed && message.group && other.group == message.group;
    });
    if (message.failed || tenant_failed) reported.push_back(message.identifier);
  }
  return response_of(reported);
}

std::string report_the_next_too(const Messages& messages) {
  std::vector<std::string> reported;
  for (std::size_t index = 0; index < messages.size(); ++index) {
    if (messages[index].failed || (index > 0 && messages[index - 1].failed))
      reported.push_back(messages[index].identifier);
  }
  return response_of(reported);
}

void handle_the_first_alone(Messages& messages, RecordProbe& probe) {
  if (!messages.empty()) handle(messages.front(), probe);
}

}  // namespace

std::vector<BrokenProcessor> faulty_isolation() {
  return {
      broken_handling("stops_at_what_is_no_exception",
                      "A handler that throws something that is not a std::exception ends the loop.",
                      "contained", sqs, stop_at_what_is_no_exception),
      broken_handling("stops_at_logic_error", "A handler that throws a std::logic_error ends the loop.",
                      "contained", sqs, stop_at_logic_error),
      broken_handling("lets_failure_hook_throw", "An exception of the failure hook leaves the processor.",
                      "contained", sqs_fifo, let_failure_hook_throw),
      broken_processor("keeps_failures", "Failures of earlier batches are reported again.", "fresh", dynamodb,
                       keep_failures()),
      broken_processor("keeps_failed_groups",
                       "A message group that failed is not handled in the next batch either.", "fresh",
                       sqs_fifo, keep_failed_groups(), {.skip_group_on_error = true}),
      broken_processor("stays_stopped",
                       "After a batch that failed as a whole the next one is not handled either.", "fresh",
                       kinesis, stay_stopped(), {.stop_on_first_failure = true}),
      broken_processor("refuses_what_failed_before",
                       "A message that failed in the batch before is reported without being handled.",
                       "fresh", sqs, refuse_what_failed_before()),
      broken_report("gives_up_when_most_failed",
                    "Once more than half of the records failed, all are reported.", "nothing-extra", dynamodb,
                    every_record_when_most_failed),
      broken_report("fails_whole_tenants",
                    "On a fair queue, a failure reports each message of its message group.", "nothing-extra",
                    sqs, messages_of_failed_tenants),
      broken_report("reports_the_next_too", "The record after a failed one is reported with it.",
                    "independence", sqs, report_the_next_too),
      broken_handling("handles_the_first_alone", "All but the first record are left for the next time.",
                      "independence", sqs, handle_the_first_alone),
  };
}

}  // namespace batchproof::zoo::broken
