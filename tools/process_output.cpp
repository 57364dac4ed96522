#include "process_output.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/printable.hpp>
#include <batchproof/fixtures/source_info.hpp>

#include "json_output.hpp"
#include "record_parts.hpp"
#include "table.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;

constexpr std::size_t widest_id = 19;  // eight characters from each end
constexpr std::size_t widest_partition_and_offset = 32;
constexpr std::size_t widest_group = 12;
constexpr std::size_t widest_cause = 70;

std::string what_it_is(const ProcessedEvent& event) {
  const std::size_t count = event.records.size();
  if (count == 0 && !event.window) return "no records, and so nothing that names its source";
  const fixtures::SourceInfo& info = fixtures::info_of(event.source);
  const char* const noun = fixtures::has_shards(event.source) ? "record" : "message";
  const char* const reason = fixtures::is_fifo_queue(event.source) ? ": its ARN ends in .fifo" : "";
  return fmt::format("{} of {}{}", counted(count, noun), with_article(info.title), reason);
}

Row heading_of(Source source) {
  const fixtures::SourceInfo& info = fixtures::info_of(source);
  const bool has_shards = fixtures::has_shards(source);
  const char* const identifier = source == Source::kafka            ? "partition:offset"
                                 : fixtures::has_partitions(source) ? "event id"
                                 : has_shards                       ? "sequence number"
                                                                    : "message id";
  const char* const key = info.payload_kind == fixtures::PayloadKind::item ? "keys" : "key";
  return {{"nth"}, {identifier}, {has_shards ? key : "group"}, {"status"}, {"what follows"}};
}

Tone tone_of(Outcome outcome) {
  return outcome == Outcome::ok ? Tone::good : outcome == Outcome::failed ? Tone::bad : Tone::caution;
}

/// The identifier shortened for the table.
std::string short_identifier(Source source, const std::string& identifier) {
  if (source != Source::kafka) return shorten_middle(printable(identifier), widest_id);
  return shorten_middle(printable(partition_and_offset(identifier)), widest_partition_and_offset);
}

/// The causes are below their records, so that the table is no wider than a terminal.
std::string table_of(const ProcessedEvent& event, bool colour) {
  std::vector<Row> rows{heading_of(event.source)};
  for (const RecordOutcome& record : event.records) {
    rows.push_back({{fmt::format("{:>3}", rows.size())},
                    {short_identifier(event.source, record.id)},
                    {shorten_middle(printable(record.group), widest_group)},
                    {std::string(name(record.outcome)), tone_of(record.outcome)},
                    {record.what_follows}});
  }
  const std::vector<std::string> lines = table_lines(std::move(rows), colour);
  std::string text = lines.front() + "\n";
  for (std::size_t place = 0; place < event.records.size(); ++place) {
    text += lines[place + 1] + "\n";
    const std::string& cause = event.records[place].cause;
    if (!cause.empty()) text += fmt::format("       {}\n", shorten_end(printable(cause), widest_cause));
  }
  return text;
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

std::string text_of(const ProcessedWindow& window) {
  const char* const finish = window.is_finished ? "it ends, and is finished"
                             : window.is_last   ? "it ends, and is not finished, since a record failed"
                                                : "it goes on";
  return fmt::format("window      {}\nstate       {}\n  before    {}\n", finish,
                     printable(window.state_after),
                     printable(fixtures::to_text(fixtures::parse_ordered_json(window.state_before))));
}

}  // namespace

std::string text_of(const ProcessedEvent& event, bool colour) {
  std::string text = fmt::format("event       {}\nprocessor   {}\nhandler     {}\n", what_it_is(event),
                                 event.processor, event.handler);
  if (!event.records.empty()) text += "\n" + table_of(event, colour) + "\n";
  text += fmt::format("result      {}\n", tally(event));
  if (!event.response) {
    return text + fmt::format(
                      "error       BatchProcessingError: {}\nresponse    {}\n", printable(event.error),
                      paint("none: the invocation fails, and the whole batch comes back", Tone::bad, colour));
  }
  if (event.window) text += text_of(*event.window);
  if (event.checkpoint) {
    text += fmt::format("checkpoint  {}\n", printable(*event.checkpoint));
  }
  for (const std::string& checkpoint : event.checkpoints)
    text += fmt::format("checkpoint  {}\n", printable(checkpoint));
  return text + fmt::format("response    {}\n", fixtures::without_controls(*event.response));
}

std::string json_of(const ProcessedEvent& event) {
  using nlohmann::ordered_json;
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? ordered_json() : ordered_json(text);
  };
  ordered_json json = begin_json_output();
  const bool is_known = !event.records.empty() || event.window;
  json["source"] = is_known ? ordered_json(fixtures::name(event.source)) : ordered_json();
  json["processor"] = event.processor;
  json["handler"] = event.handler;
  json["records"] = ordered_json::array();
  for (std::size_t index = 0; index < event.records.size(); ++index) {
    const RecordOutcome& record = event.records[index];
    json["records"].push_back({{"index", index},
                               {"item_identifier", record.id},
                               {"group", text_or_null(record.group)},
                               {"status", name(record.outcome)},
                               {"what_follows", record.what_follows},
                               {"cause", text_or_null(record.cause)}});
  }
  json["invocation_failed"] = !event.response.has_value();
  json["error"] = event.response ? ordered_json() : ordered_json(event.error);
  json["checkpoint"] = event.checkpoint ? ordered_json(*event.checkpoint) : ordered_json();
  json["checkpoints"] = ordered_json::array();
  for (const std::string& checkpoint : event.checkpoints)
    json["checkpoints"].push_back(fixtures::parse_ordered_json(checkpoint));
  json["window"] = nullptr;
  if (const auto& window = event.window) {
    json["window"] = {{"state_before", fixtures::parse_ordered_json(window->state_before)},
                      {"state_after", fixtures::parse_ordered_json(window->state_after)},
                      {"is_last", window->is_last},
                      {"is_finished", window->is_finished}};
  }
  json["response"] = event.response ? fixtures::parse_ordered_json(*event.response) : ordered_json();
  return to_text(json);
}

}  // namespace batchproof::tools
