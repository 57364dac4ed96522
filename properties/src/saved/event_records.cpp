#include "event_records.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace batchproof::properties {
namespace {

using fixtures::Source;

/// The elements of the list that opens here, as they are written; the text is known to be JSON.
/// `json_outline` is not used, since it would keep the children of every list and object of the event.
std::vector<std::string_view> elements_of_list(std::string_view text, std::size_t opening,
                                               std::size_t* end = nullptr) {
  std::vector<std::string_view> elements;
  std::size_t begin = opening + 1;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (in_string) {
      if (text[at] == '"') in_string = false;
      if (text[at] == '\\') ++at;
    } else if (text[at] == '"') {
      in_string = true;
    } else if (text[at] == '{' || text[at] == '[') {
      ++depth;
    } else if (depth > 0 && (text[at] == '}' || text[at] == ']')) {
      --depth;
    } else if (depth == 0 && (text[at] == ',' || text[at] == ']')) {
      elements.push_back(text.substr(begin, at - begin));
      begin = at + 1;
      if (end != nullptr) *end = begin;
      if (text[at] == ']') break;
    }
  }
  return elements;
}

fixtures::CaseRecord read_record(std::string_view text, Source source) {
  const nlohmann::json record = fixtures::parse_json(text);
  const nlohmann::json::json_pointer group("/attributes/MessageGroupId");
  const auto [parent, name] = fixtures::info_of(source).identifier;
  const nlohmann::json& holder = parent.empty() ? record : record.at(std::string(parent));
  fixtures::CaseRecord read;
  read.json = text;
  read.item_identifier = holder.at(std::string(name)).get<std::string>();
  if (record.contains(group)) read.message_group_id = record.at(group).get<std::string>();
  return read;
}

/// The records of all lists of Kafka.
std::vector<fixtures::CaseRecord> records_of_lists(std::string_view event) {
  const auto lists = fixtures::parse_ordered_json(event).at("records");
  std::size_t at = event.find("\"records\"");
  std::vector<fixtures::CaseRecord> records;
  for (const auto& [name, list] : lists.items()) {
    for (const std::string_view element : elements_of_list(event, event.find('[', at), &at)) {
      if (element.find('{') == std::string_view::npos) continue;  // an empty list
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
    try {
      return records_of_lists(event);
    } catch (const nlohmann::json::exception& error) {
      throw std::runtime_error(std::string("the event is not JSON that holds lists of records: ") +
                               error.what());
    }
  }
  // In the event of a pipe, the list is the event itself.
  const bool is_list = fixtures::info_of(source).layout->records.empty();
  const std::size_t name = is_list ? 0 : event.find("\"Records\"");
  const std::size_t opening = name == std::string_view::npos ? name : event.find('[', name);
  if (opening == std::string_view::npos || !fixtures::is_json(event))
    throw std::runtime_error(is_list ? "the event is not JSON that is a list of records"
                                     : "the event is not JSON that holds Records");
  std::vector<fixtures::CaseRecord> records;
  for (const std::string_view element : elements_of_list(event, opening)) {
    if (element.find('{') == std::string_view::npos) continue;  // an empty list
    try {
      records.push_back(read_record(element, source));
    } catch (const nlohmann::json::exception& error) {
      throw std::runtime_error("record " + std::to_string(records.size()) + ": " + error.what());
    }
  }
  return records;
}

bool is_self_managed(std::string_view event, Source source) {
  if (source != Source::kafka) return false;
  const auto fields = fixtures::parse_json_or_discard(event);
  return fields.is_object() && fields.value("eventSource", nlohmann::json()) == "SelfManagedKafka";
}

}  // namespace batchproof::properties
