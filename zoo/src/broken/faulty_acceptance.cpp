// Processors that accept an event that they must refuse, or refuse one that they must accept (unreportable,
// empty-is-empty, right-source).

#include <batchproof/fixtures/json_text.hpp>
#include <stdexcept>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;

/// Reads each record's identifier only when it handles the record.
std::string read_identifiers_late(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  for (const json& record : records_in(payload, sqs)) {
    messages.push_back(read_message(record, sqs));
    handle(messages.back(), probe);
  }
  return response_of(failed_identifiers(messages));
}

/// Reports null instead of an identifier.
std::string report_null(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  for (const json& record : records_in(payload, kinesis)) {
    const bool is_whole =
        record.at("kinesis").contains("sequenceNumber") && record["kinesis"]["sequenceNumber"].is_string();
    if (!is_whole) return R"({"batchItemFailures":[{"itemIdentifier":null}]})";
    messages.push_back(read_message(record, kinesis));
  }
  return respond(std::move(messages), probe);
}

/// Treats the batch as failed when there are as many failures as records.
std::string raise_when_empty(std::string_view payload, RecordProbe& probe) {
  Messages messages = read_messages(payload, dynamodb);
  handle_all(messages, probe, never_stopped);
  const auto failed = failed_identifiers(messages);
  if (failed.size() == messages.size()) throw std::runtime_error("all records failed");
  return response_of(failed);
}

std::string take_null_for_empty(std::string_view payload, RecordProbe& probe) {
  const json event = fixtures::parse_json(payload);
  if (event.is_object() && (!event.contains("Records") || event["Records"].is_null())) return response_of({});
  return respond(read_messages(payload, dynamodb), probe);
}

/// Handles every record with an identifier.
std::string pass_over_other_sources(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  refuse_window(fixtures::parse_json(payload));
  for (const json& record : any_records_in(payload)) {
    if (record.at("eventSource") == "aws:dynamodb") messages.push_back(read_message(record, dynamodb));
  }
  return respond(std::move(messages), probe);
}

/// Answers a tumbling window without its state.
std::string ignore_the_window(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  for (const json& record : any_records_in(payload)) {
    refuse_other_source(record, kinesis);
    messages.push_back(read_message(record, kinesis));
  }
  return respond(std::move(messages), probe);
}

/// Checks only for the field of its own source.
std::string handle_any_source(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  refuse_window(fixtures::parse_json(payload));
  for (const json& record : any_records_in(payload)) messages.push_back(read_message(record, kinesis));
  return respond(std::move(messages), probe);
}

std::string believe_the_first_record(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  refuse_window(fixtures::parse_json(payload));
  for (const json& record : any_records_in(payload)) {
    if (messages.empty()) refuse_other_source(record, sqs);
    const bool is_message = record.at("eventSource") == "aws:sqs";
    messages.push_back(is_message ? read_message(record, sqs)
                                  : Message{.identifier = "none", .group = {}, .text = {}});
  }
  return respond(std::move(messages), probe);
}

/// Handles a record without an identifier, and leaves it out of the report.
std::string handle_what_cannot_be_reported(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  for (const json& record : records_in(payload, dynamodb)) {
    const json& change = record.at("dynamodb");
    const bool is_whole = change.contains("SequenceNumber") && change["SequenceNumber"].is_string() &&
                          !change["SequenceNumber"].get_ref<const std::string&>().empty();
    if (is_whole) {
      messages.push_back(read_message(record, dynamodb));
      handle(messages.back(), probe);
    } else {
      probe("");
    }
  }
  return response_of(failed_identifiers(messages));
}

/// Reports any value in the identifier's field.
std::string take_anything_for_identifier(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  for (const json& record : records_in(payload, sqs)) {
    const json& identifier = record.at("messageId");
    if (identifier.is_string()) {
      messages.push_back(read_message(record, sqs));
    } else {
      messages.push_back({.identifier = identifier.type_name(), .group = {}, .text = {}});
    }
  }
  return respond(std::move(messages), probe);
}

/// Treats a value that is not a list as an empty list.
std::string take_anything_for_a_list(std::string_view payload, RecordProbe& probe) {
  const json event = fixtures::parse_json(payload);
  if (event.is_object() && event.contains("Records") && !event["Records"].is_array()) return response_of({});
  return respond(read_messages(payload, kinesis), probe);
}

}  // namespace

std::vector<BrokenProcessor> faulty_acceptance() {
  return {
      broken_processor("reads_identifiers_late",
                       "That a record has no identifier is found once others were handled.", "unreportable",
                       sqs, read_identifiers_late),
      broken_processor("reports_null", "A record without an identifier is reported as null.", "unreportable",
                       kinesis, report_null),
      broken_processor(
          "handles_what_it_cannot_report",
          "A record without a sequence number is handled, and its failure left out of the response.",
          "unreportable", dynamodb, handle_what_cannot_be_reported),
      broken_processor("takes_anything_for_an_identifier",
                       "It converts any value in the place of an identifier to a text.", "unreportable", sqs,
                       take_anything_for_identifier),
      broken_processor("raises_when_empty", "An empty batch counts as one whose records all failed.",
                       "empty-is-empty", dynamodb, raise_when_empty),
      broken_processor("takes_null_for_empty", "Records that are missing or null count as an empty batch.",
                       "empty-is-empty", dynamodb, take_null_for_empty),
      broken_processor("takes_anything_for_a_list",
                       "Any value in the place of the list of records counts as an empty list.",
                       "empty-is-empty", kinesis, take_anything_for_a_list),
      broken_processor("passes_over_other_sources",
                       "Records of another source are left out and count as done.", "right-source", dynamodb,
                       pass_over_other_sources),
      broken_processor("ignores_the_window", "A tumbling window is answered without its state.",
                       "right-source", kinesis, ignore_the_window),
      broken_processor("handles_any_source", "It does not check the source of any record.", "right-source",
                       kinesis, handle_any_source),
      broken_processor("believes_the_first_record", "It checks the source of the first record alone.",
                       "right-source", sqs, believe_the_first_record),
  };
}

}  // namespace batchproof::zoo::broken
