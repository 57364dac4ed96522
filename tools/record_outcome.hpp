#pragma once

// What process_event and process_window_event say of each record, and what both demand of the options.

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <exception>
#include <string>

#include "processed_event.hpp"
#include "record_parts.hpp"
#include "usage_error.hpp"
#include "wording.hpp"

namespace batchproof::tools {

/// The group is only shown, so an unreadable one is no error here.
template <class Record>
std::string readable_group(const Record& record) {
  try {
    return group_of(record);
  } catch (const RecordError&) {
    return "(unreadable)";
  }
}

/// Of a failure, or of a message that failed.
template <class Failed>
Outcome outcome_of(const Failed& failed) {
  try {
    std::rethrow_exception(failed.exception);
  } catch (const NotHandledError&) {
    return Outcome::not_handled;
  } catch (...) {
    return Outcome::failed;
  }
}

/// AWS's next action for a record ("Implementing partial batch responses" and "Configuring partial batch
/// response with Kinesis Data Streams and Lambda", both in the AWS Lambda developer guide).
std::string follows(fixtures::Source source, bool comes_back, Outcome outcome, bool invocation_failed);

/// The records that the handler accepts and rejects, in one sentence.
std::string what_the_handler_does(const FailureOptions& failures);

/// Throws `UsageError` for options of queues, since this source is none.
void refuse_options_of_queues(const ProcessingOptions& options, fixtures::Source source);

/// An option that selects no record of the event is an error of the command line.
template <class Record>
void demand_named_records(const Event<Record>& event, const FailureOptions& failures) {
  for (const std::size_t number : failures.numbers) {
    if (number > event.size())
      throw UsageError(fmt::format("--fail-nth names record {}, and the event holds {}", number,
                                   counted(event.size(), "record")));
  }
  const auto records = event.records();
  for (const std::string& identifier : failures.identifiers) {
    if (std::none_of(records.begin(), records.end(),
                     [&](const Record& record) { return record.item_identifier() == identifier; }))
      throw UsageError(fmt::format("--fail-ids names \"{}\", which is not in the event", identifier));
  }
}

}  // namespace batchproof::tools
