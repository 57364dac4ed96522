#include "reference_steps.hpp"

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>

namespace batchproof::zoo::broken {
namespace {

using nlohmann::json;

std::optional<std::string> group_of(const json& record) {
  const auto attributes = record.find("attributes");
  if (attributes == record.end() || !attributes->is_object() || !attributes->contains("MessageGroupId")) {
    return std::nullopt;
  }
  return attributes->at("MessageGroupId").get<std::string>();
}

json take_records(json& event) {
  json records = std::move(event.at("Records"));  // a copy would recurse as deep as the payload
  records.get_ref<const json::array_t&>();        // throws when it is not a list
  return records;
}

/// Throws when a failure of the record could not be reported.
Message read_partitioned(const json& record, const std::string& list) {
  const auto offset = record.at("offset").get_ref<const json::number_unsigned_t&>();
  const auto partition = record.at("partition").get_ref<const json::number_unsigned_t&>();
  const auto& topic = record.at("topic").get_ref<const std::string&>();
  if (topic.empty() || topic + '-' + std::to_string(partition) != list)
    throw std::runtime_error("a record of another partition");
  if (offset > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    throw std::runtime_error("an offset beyond 64 bits");
  const auto value = record.find("value");
  Message message;
  message.identifier =
      "{\"partition\":" + fixtures::to_text(json(list)) + ",\"offset\":" + std::to_string(offset) + '}';
  message.group = list;
  message.is_tombstone = value == record.end() || value->is_null();
  if (!message.is_tombstone) message.text = value->is_string() ? value->get<std::string>() : "";
  return message;
}

Messages read_partitions(std::string_view payload) {
  const json event = fixtures::parse_json(payload);
  const auto& cluster = event.at("eventSource").get_ref<const std::string&>();
  if (cluster != "aws:kafka" && cluster != "SelfManagedKafka")
    throw std::runtime_error("an event of another source");
  Messages messages;
  for (const auto& [list, records] : event.at("records").get_ref<const json::object_t&>()) {
    for (const json& record : records.get_ref<const json::array_t&>())
      messages.push_back(read_partitioned(record, list));
  }
  return messages;
}

}  // namespace

json any_records_in(std::string_view payload) {
  json event = fixtures::parse_json(payload);
  return take_records(event);
}

json records_in(std::string_view payload, Source source) {
  json event = fixtures::parse_json(payload);
  if (is_pipe(source)) {
    event.get_ref<const json::array_t&>();
    for (const json& record : event) refuse_other_source(record, source);
    return event;
  }
  refuse_window(event);
  json records = take_records(event);
  for (const json& record : records) refuse_other_source(record, source);
  return records;
}

void refuse_other_source(const json& record, Source source) {
  const auto* const expected = source == kinesis || source == kinesis_pipe     ? "aws:kinesis"
                               : source == dynamodb || source == dynamodb_pipe ? "aws:dynamodb"
                                                                               : "aws:sqs";
  if (record.at("eventSource") != expected) throw std::runtime_error("a record of another source");
}

void refuse_window(const json& event) {
  if (event.contains("window")) throw std::runtime_error("the event of a tumbling window");
}

Message read_message(const json& record, Source source) {
  Message message;
  if (source == kinesis) {
    message.identifier = record.at("kinesis").at("sequenceNumber").get<std::string>();
    message.text = record.at("kinesis").value("data", "");
  } else if (source == kinesis_pipe || source == dynamodb_pipe) {
    message.identifier = record.at("eventID").get<std::string>();
    message.text = record.value("data", "");
  } else if (source == dynamodb) {
    message.identifier = record.at("dynamodb").at("SequenceNumber").get<std::string>();
  } else {
    message.identifier = record.at("messageId").get<std::string>();
    message.text = record.value("body", "");
    message.group = group_of(record);
  }
  if (message.identifier.empty()) throw std::runtime_error("a record without an identifier");
  return message;
}

Messages read_messages(std::string_view payload, Source source) {
  if (source == kafka) return read_partitions(payload);
  Messages messages;
  for (const json& record : records_in(payload, source)) messages.push_back(read_message(record, source));
  return messages;
}

void handle(Message& message, RecordProbe& probe, std::optional<fixtures::SeenFields> fields) {
  message.handled = true;
  try {
    if (fields) {
      probe(message.identifier, *std::move(fields));
    } else {
      probe(message.identifier);
    }
    message.failed = false;
  } catch (...) {
    message.failed = true;
  }
}

void catch_exceptions_alone(Messages& messages, RecordProbe& probe) {
  for (Message& message : messages) {
    try {
      probe(message.identifier);
      message.failed = false;
    } catch (const std::exception&) {
    }
  }
}

void handle_all(Messages& messages, RecordProbe& probe, const IsStopped& is_stopped) {
  for (std::size_t index = 0; index < messages.size(); ++index) {
    if (!is_stopped(messages, index)) handle(messages[index], probe);
  }
}

bool never_stopped(const Messages&, std::size_t) { return false; }

bool any_failed_before(const Messages& messages, std::size_t index,
                       const std::function<bool(const Message&)>& counts) {
  return std::any_of(messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(index),
                     [&](const Message& earlier) { return earlier.failed && counts(earlier); });
}

bool stopped_by_any(const Messages& messages, std::size_t index) {
  return any_failed_before(messages, index, [](const Message&) { return true; });
}

bool stopped_by_group(const Messages& messages, std::size_t index) {
  const auto& group = messages[index].group;
  return any_failed_before(messages, index, [&](const Message& earlier) {
    return !group || !earlier.group || *group == *earlier.group;
  });
}

bool stopped_by_neighbour(const Messages& messages, std::size_t index) {
  return index > 0 && messages[index - 1].failed && messages[index - 1].handled;
}

IsStopped right_order(Source source, const ProcessorClaims& claims) {
  if (source == kafka) return claims.stop_on_first_failure ? stopped_by_group : never_stopped;
  if (source != sqs_fifo && source != sqs_fifo_pipe) return never_stopped;
  return claims.skip_group_on_error ? stopped_by_group : stopped_by_any;
}

std::vector<std::string> failed_identifiers(const Messages& messages) {
  std::vector<std::string> identifiers;
  for (const Message& message : messages) {
    const bool is_new =
        std::find(identifiers.begin(), identifiers.end(), message.identifier) == identifiers.end();
    if (message.failed && is_new) identifiers.push_back(message.identifier);
  }
  return identifiers;
}

std::string response_of(const std::vector<std::string>& identifiers, Source source) {
  json failures = json::array();
  for (const std::string& identifier : identifiers)
    failures.push_back(
        {{"itemIdentifier", source == kafka ? fixtures::parse_json(identifier) : json(identifier)}});
  return fixtures::to_text(json{{"batchItemFailures", std::move(failures)}});
}

std::string respond(Messages messages, RecordProbe& probe, const IsStopped& is_stopped) {
  handle_all(messages, probe, is_stopped);
  return response_of(failed_identifiers(messages));
}

Subject with_order(Source source, IsStopped is_stopped) {
  return [source, is_stopped = std::move(is_stopped)](std::string_view payload, RecordProbe& probe) {
    Messages messages = read_messages(payload, source);
    handle_all(messages, probe, is_stopped);
    return response_of(failed_identifiers(messages), source);
  };
}

BrokenProcessor broken_processor(std::string name, std::string fault, std::string law, Source source,
                                 Subject subject, const ProcessorClaims& claims) {
  return {std::move(name), std::move(fault), std::move(law), source, claims, std::move(subject)};
}

BrokenProcessor broken_order(std::string name, std::string fault, std::string law, Source source,
                             IsStopped faulty, const ProcessorClaims& claims) {
  return broken_processor(std::move(name), std::move(fault), std::move(law), source,
                          with_order(source, std::move(faulty)), claims);
}

BrokenProcessor broken_report(std::string name, std::string fault, std::string law, Source source,
                              std::function<std::string(const Messages&)> faulty,
                              const ProcessorClaims& claims) {
  const auto subject = [source, faulty = std::move(faulty), order = right_order(source, claims)](
                           std::string_view payload, RecordProbe& probe) {
    Messages messages = read_messages(payload, source);
    handle_all(messages, probe, order);
    return faulty(messages);
  };
  return broken_processor(std::move(name), std::move(fault), std::move(law), source, subject, claims);
}

BrokenProcessor broken_handling(std::string name, std::string fault, std::string law, Source source,
                                std::function<void(Messages&, RecordProbe&)> faulty,
                                const ProcessorClaims& claims) {
  const auto subject = [source, faulty = std::move(faulty)](std::string_view payload, RecordProbe& probe) {
    Messages messages = read_messages(payload, source);
    faulty(messages, probe);
    return response_of(failed_identifiers(messages), source);
  };
  return broken_processor(std::move(name), std::move(fault), std::move(law), source, subject, claims);
}

}  // namespace batchproof::zoo::broken
