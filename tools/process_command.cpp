#include "process_command.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "read_input.hpp"
#include "table.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;

constexpr std::size_t widest_id = 19;  // eight characters from each end
constexpr std::size_t widest_group = 24;
constexpr std::size_t widest_cause = 48;

std::string what_it_is(const ProcessedEvent& event) {
  const std::size_t count = event.records.size();
  if (count == 0) return "no records, and so nothing to tell the source by";
  const auto records = [&](const char* noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
  };
  switch (event.source) {
    case Source::sqs:
      return records("message") + " of an SQS standard queue";
    case Source::sqs_fifo:
      return records("message") + " of an SQS FIFO queue, told by the \".fifo\" of its ARN";
    case Source::kinesis:
      return records("record") + " of a Kinesis data stream";
    case Source::dynamodb:
      return records("record") + " of a DynamoDB stream";
  }
  return {};
}

Row heading_of(Source source) {
  const auto heading = [](const char* id, const char* group) {
    return Row{{"#"}, {id}, {group}, {"status"}, {"what follows"}, {"why"}};
  };
  switch (source) {
    case Source::kinesis:
      return heading("sequence number", "partition key");
    case Source::dynamodb:
      return heading("sequence number", "keys");
    case Source::sqs:
    case Source::sqs_fifo:
      break;
  }
  return heading("message id", "message group");
}

Tone tone_of(Outcome outcome) {
  return outcome == Outcome::ok ? Tone::good : outcome == Outcome::failed ? Tone::bad : Tone::caution;
}

std::string table_of(const ProcessedEvent& event, bool colour) {
  std::vector<Row> rows{heading_of(event.source)};
  for (const RecordOutcome& record : event.records) {
    rows.push_back({{std::to_string(rows.size() - 1)},
                    {shorten_middle(printable(record.id), widest_id)},
                    {shorten_middle(printable(record.group), widest_group)},
                    {std::string(name(record.outcome)), tone_of(record.outcome)},
                    {record.what_follows},
                    {shorten_end(printable(record.cause), widest_cause)}});
  }
  return table(rows, colour);
}

std::string tally(const ProcessedEvent& event) {
  std::string text;
  for (const Outcome outcome : {Outcome::ok, Outcome::failed, Outcome::not_handled}) {
    const auto count = std::count_if(event.records.begin(), event.records.end(),
                                     [=](const RecordOutcome& record) { return record.outcome == outcome; });
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name(outcome));
  }
  return text.empty() ? "nothing to do" : text;
}

std::string text_of(const ProcessedEvent& event, bool colour) {
  std::string text = fmt::format("event       {}\nprocessor   {}\n", what_it_is(event), event.processor);
  if (!event.records.empty()) text += "\n" + table_of(event, colour) + "\n";
  text += fmt::format("result      {}\n", tally(event));
  if (!event.response) {
    return text + fmt::format(
                      "error       BatchProcessingError: {}\nresponse    {}\n", printable(event.error),
                      paint("none: the invocation fails, and the whole batch comes back", Tone::bad, colour));
  }
  if (event.checkpoint) {
    text += fmt::format("checkpoint  {}, where the service starts again\n", printable(*event.checkpoint));
  }
  return text + fmt::format("response    {}\n", printable(*event.response));
}

std::string json_of(const ProcessedEvent& event) {
  using nlohmann::ordered_json;
  ordered_json json{{"source", nullptr}, {"processor", event.processor}, {"records", ordered_json::array()}};
  if (!event.records.empty()) json["source"] = fixtures::name(event.source);
  for (std::size_t index = 0; index < event.records.size(); ++index) {
    const RecordOutcome& record = event.records[index];
    json["records"].push_back(
        {{"index", index},
         {"itemIdentifier", record.id},
         {"group", record.group.empty() ? ordered_json() : ordered_json(record.group)},
         {"status", name(record.outcome)},
         {"whatFollows", record.what_follows},
         {"cause", record.cause.empty() ? ordered_json() : ordered_json(record.cause)}});
  }
  json["invocationFailed"] = !event.response.has_value();
  json["error"] = event.response ? ordered_json() : ordered_json(event.error);
  json["checkpoint"] = event.checkpoint ? ordered_json(*event.checkpoint) : ordered_json();
  json["response"] = event.response ? ordered_json::parse(*event.response) : ordered_json();
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

int process(const ProcessCommand& command) {
  const ProcessedEvent event = process_event(read_input(command.path), command.options);
  std::cout << (command.json ? json_of(event) : text_of(event, wants_colour(stdout)));
  return 0;
}

}  // namespace batchproof::tools
