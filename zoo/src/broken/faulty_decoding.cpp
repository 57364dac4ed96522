// Processors that read the payload wrongly (total, faithful).

#include <batchproof/errors.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <sstream>

#include "reference_steps.hpp"

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;

std::string accept_any_json(std::string_view payload, RecordProbe& probe) {
  const json event = fixtures::parse_json(payload);
  if (!event.contains("Records")) return response_of({});  // also for a value that is not an object
  return respond(read_messages(payload, sqs), probe);
}

std::string accept_any_bytes(std::string_view payload, RecordProbe& probe) {
  return fixtures::is_json(payload) ? respond(read_messages(payload, dynamodb), probe) : response_of({});
}

/// Reads a stream, which stops at the end of the first document.
std::string read_the_first_document(std::string_view payload, RecordProbe& probe) {
  std::istringstream stream{std::string(payload)};
  json event;
  stream >> event;
  return respond(read_messages(payload.substr(0, static_cast<std::size_t>(stream.tellg())), sqs), probe);
}

/// Handles records while it reads the event, and refuses the event after some of them are done.
std::string refuse_after_handling(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  std::size_t index = 0;
  for (const json& record : records_in(payload, kinesis)) {
    try {
      messages.push_back(read_message(record, kinesis));
    } catch (const std::exception& error) {
      throw EventError(error.what(), index, "/Records/" + std::to_string(index));
    }
    handle(messages.back(), probe);
    ++index;
  }
  return response_of(failed_identifiers(messages));
}

/// Cuts a payload that does not parse after its last complete record.
std::string handle_what_is_whole(std::string_view payload, RecordProbe& probe) {
  constexpr int brackets_inside_a_record = 16;
  std::string text(payload);
  auto cut = payload.rfind('}');
  for (int tries = 0; tries < brackets_inside_a_record && !fixtures::is_json(text); ++tries) {
    if (cut == std::string_view::npos || cut == 0) break;
    text = std::string(payload.substr(0, cut + 1)) + "]}";
    cut = payload.rfind('}', cut - 1);
  }
  return respond(read_messages(text, kinesis), probe);
}

std::string drop_without_identifier(std::string_view payload, RecordProbe& probe) {
  Messages messages;
  for (const json& record : records_in(payload, dynamodb)) {
    try {
      messages.push_back(read_message(record, dynamodb));
    } catch (const std::exception&) {
    }
  }
  return respond(std::move(messages), probe);
}

/// Handles each message and shows the handler this text as its field.
Subject show(Source source, std::string field,
             std::function<std::string(const Messages&, std::size_t index)> text) {
  return [source, field = std::move(field), text = std::move(text)](std::string_view payload,
                                                                    RecordProbe& probe) {
    Messages messages = read_messages(payload, source);
    for (std::size_t index = 0; index < messages.size(); ++index) {
      if (right_order(source, {})(messages, index)) continue;
      handle(messages[index], probe, fixtures::SeenFields{{field, text(messages, index)}});
    }
    return response_of(failed_identifiers(messages));
  };
}

std::string neighbours_text(const Messages& messages, std::size_t index) {
  return messages[index > 0 ? index - 1 : index].text;
}

std::string text_up_to_nul(const Messages& messages, std::size_t index) {
  return messages[index].text.c_str();
}

std::string text_as_sent(const Messages& messages, std::size_t index) { return messages[index].text; }

std::string text_without_spaces_around(const Messages& messages, std::size_t index) {
  constexpr const char* spaces = " \t\r\n";
  const std::string& text = messages[index].text;
  const auto begin = text.find_first_not_of(spaces);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
}

/// Uses one group for the whole batch, as if batches were sorted by group beforehand.
std::string group_of_the_first(const Messages& messages, std::size_t) {
  return messages.front().group.value_or("");
}

std::string always_insert(const Messages&, std::size_t) { return "INSERT"; }

}  // namespace

std::vector<BrokenProcessor> faulty_decoding() {
  return {
      broken_processor("accepts_any_json", "Any JSON without Records counts as a batch that succeeded.",
                       "total", sqs, accept_any_json),
      broken_processor("accepts_any_bytes", "A payload that is not JSON counts as a batch that succeeded.",
                       "total", dynamodb, accept_any_bytes),
      broken_processor("reads_the_first_document", "It does not read the text after the event.", "total", sqs,
                       read_the_first_document),
      broken_processor("refuses_after_handling", "An event is refused once some of its records were handled.",
                       "total", kinesis, refuse_after_handling),
      broken_processor("handles_half_a_batch",
                       "Of a payload that was cut off, the whole records are handled and answered.", "total",
                       kinesis, handle_what_is_whole),
      broken_processor("drops_records_without_identifier", "A record without a sequence number is left out.",
                       "total", dynamodb, drop_without_identifier),
      broken_processor("shows_neighbours_body", "The handler sees the body of the message before.",
                       "faithful", sqs, show(sqs, "body", neighbours_text)),
      broken_processor("cuts_body_at_nul", "The handler sees the body up to its first zero byte.", "faithful",
                       sqs, show(sqs, "body", text_up_to_nul)),
      broken_processor("shows_base64", "The handler sees the data of a Kinesis record as base64.", "faithful",
                       kinesis, show(kinesis, "kinesis.data", text_as_sent)),
      broken_processor("trims_bodies", "The handler sees the body without the spaces around it.", "faithful",
                       sqs, show(sqs, "body", text_without_spaces_around)),
      broken_processor("shows_group_of_the_first", "The handler sees the message group of the first message.",
                       "faithful", sqs_fifo, show(sqs_fifo, "attributes.MessageGroupId", group_of_the_first)),
      broken_processor("shows_every_change_as_insert",
                       "The handler sees every change of an item as its insertion.", "faithful", dynamodb,
                       show(dynamodb, "eventName", always_insert)),
  };
}

}  // namespace batchproof::zoo::broken
