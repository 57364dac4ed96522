#include "event_records.hpp"

#include <batchproof/fixtures/json_outline.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>

namespace batchproof::properties {
namespace {

using fixtures::Source;

bool begins_with(std::string_view json, char bracket) {
  const std::size_t begin = json.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && json[begin] == bracket;
}

/// The elements of a list, as they are written; the text is known to be JSON.
std::vector<std::string_view> elements_of(std::string_view list) {
  std::vector<std::string_view> elements;
  for (const fixtures::JsonChild& child : fixtures::json_children(list, 0))
    elements.push_back(list.substr(child.begin, child.end - child.begin));
  return elements;
}

/// The value of a member of the event, which must begin with this bracket; nothing without one.
std::optional<std::string_view> member_text(std::string_view event, std::string_view name, char bracket) {
  if (!fixtures::is_json(event)) return std::nullopt;
  for (const fixtures::JsonChild& child : fixtures::json_children(event, 0)) {
    const std::string_view value = event.substr(child.value, child.end - child.value);
    if (fixtures::name_of(event, child) == name && begins_with(value, bracket)) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> list_itself(std::string_view event) {
  if (!fixtures::is_json(event) || !begins_with(event, '[')) return std::nullopt;
  return event;
}

fixtures::CaseRecord read_record(std::string_view text, Source source) {
  const nlohmann::json record = fixtures::parse_json(text);
  const nlohmann::json::json_pointer group("/attributes/MessageGroupId");
  const auto [parent, name] = fixtures::info_of(source).identifier;
  const nlohmann::json& holder = parent.empty() ? record : record.at(std::string(parent));
  fixtures::CaseRecord read;
  read.json = text;
  read.item_identifier = holder.at(std::string(name)).get<std::string>();
  // A message of a standard queue may have a group too, that of its tenant, which orders nothing.
  if (fixtures::is_fifo_queue(source) && record.contains(group))
    read.message_group_id = record.at(group).get<std::string>();
  return read;
}

/// The records of all lists of Kafka.
std::vector<fixtures::CaseRecord> records_of_lists(std::string_view lists) {
  std::vector<fixtures::CaseRecord> records;
  for (const fixtures::JsonChild& child : fixtures::json_children(lists, 0)) {
    const std::string quoted = '"' + std::string(*fixtures::name_of(lists, child)) + '"';
    const auto name = fixtures::parse_json(quoted).get<std::string>();
    for (const std::string_view element : elements_of(lists.substr(child.value, child.end - child.value))) {
      fixtures::CaseRecord& read = records.emplace_back();
      read.json = element;
      read.message_group_id = name;
      read.item_identifier =
          fixtures::kafka_identifier(name, fixtures::parse_json(element).at("offset").get<std::int64_t>());
    }
  }
  return records;
}

}  // namespace

std::vector<fixtures::CaseRecord> records_of_event(std::string_view event, Source source) {
  if (source == Source::kafka) {
    const std::string problem = "the event is not JSON that holds lists of records";
    const auto lists = member_text(event, "records", '{');
    if (!lists) throw std::runtime_error(problem);
    try {
      return records_of_lists(*lists);
    } catch (const nlohmann::json::exception& error) {
      throw std::runtime_error(problem + ": " + error.what());
    }
  }
  const bool is_list = fixtures::info_of(source).layout->records.empty();  // a pipe's
  const auto list = is_list ? list_itself(event) : member_text(event, "Records", '[');
  if (!list)
    throw std::runtime_error(is_list ? "the event is not JSON that is a list of records"
                                     : "the event is not JSON that holds Records");
  std::vector<fixtures::CaseRecord> records;
  for (const std::string_view element : elements_of(*list)) {
    try {
      records.push_back(read_record(element, source));
    } catch (const nlohmann::json::exception& error) {
      throw std::runtime_error("record " + std::to_string(records.size()) + ": " + error.what());
    }
  }
  return records;
}

void read_around_records(std::string_view event, fixtures::BatchCase& batch) {
  if (batch.source != Source::kafka && !fixtures::has_windows(batch.source)) return;
  const auto fields = fixtures::parse_json_or_discard(event);
  if (!fields.is_object()) return;
  const nlohmann::json nothing;
  batch.self_managed = fields.value("eventSource", nothing) == "SelfManagedKafka";
  if (!fixtures::has_windows(batch.source)) return;
  batch.invocation = fixtures::InvocationOfWindow{
      .state = std::string(member_text(event, "state", '{').value_or("{}")),
      .is_final = fields.value("isFinalInvokeForWindow", nothing) == true,
      .is_terminated_early = fields.value("isWindowTerminatedEarly", nothing) == true};
}

}  // namespace batchproof::properties
