#pragma once

// What process_event and process_window_event say of each record, and what both demand of the options.

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <exception>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "characters.hpp"
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

/// True for the record's identifier, and for the short form of it that the table shows.
template <class Record>
bool is_name_of(const Record& record, const std::string& name) {
  if constexpr (std::is_same_v<Record, KafkaRecord>)
    return name == record.item_identifier() || name == partition_and_offset(record.item_identifier());
  return name == record.item_identifier();
}

/// The options with the identifiers of the records that they name. A text that names no record is a list
/// between commas, since identifiers of Kafka hold a comma. An option that selects no record of the event is
/// an error of the command line.
template <class Record>
FailureOptions with_identifiers(const Event<Record>& event, FailureOptions failures) {
  for (const std::size_t number : failures.numbers) {
    if (number > event.size())
      throw UsageError(fmt::format("--fail-nth names record {}, and the event holds {}", number,
                                   counted(event.size(), "record")));
  }
  std::vector<std::string> identifiers;
  const auto find = [&](const std::string& name) {
    const auto records = event.records();
    const auto record = std::find_if(records.begin(), records.end(),
                                     [&](const Record& one) { return is_name_of(one, name); });
    if (record == records.end()) return false;
    identifiers.emplace_back((*record).item_identifier());
    return true;
  };
  for (const std::string& text : failures.identifiers) {
    if (find(text)) continue;
    const std::vector<std::string> names = split_at_commas(text);
    if (std::all_of(names.begin(), names.end(), [](const std::string& name) { return name.empty(); }))
      throw UsageError(fmt::format("--fail-ids is \"{}\", which names nothing", text));
    for (const std::string& name : names) {
      if (!name.empty() && !find(name))
        throw UsageError(fmt::format("--fail-ids names \"{}\", which is not in the event", name));
    }
  }
  failures.identifiers = std::move(identifiers);
  return failures;
}

}  // namespace batchproof::tools
