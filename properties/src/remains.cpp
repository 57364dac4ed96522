#include "remains.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "event_records.hpp"
#include "utf8.hpp"

namespace batchproof::properties {
namespace {

using nlohmann::json;

/// The identifier that a failure could be reported by; nothing where there is none.
std::optional<std::string> identifier_of(const json& record, const json::json_pointer& place) {
  if (!record.is_object() || !record.contains(place)) return std::nullopt;
  const json& identifier = record.at(place);
  if (!identifier.is_string() || identifier.get_ref<const std::string&>().empty()) return std::nullopt;
  return identifier.get<std::string>();
}

/// The position behind the string that begins here.
std::size_t end_of_string(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
  return std::min(end + 1, text.size());
}

/// The position behind the scalar that begins here, be it one or not. Where a quote stands within it, as in
/// `1""`, what is quoted belongs to it: a field that nobody reads may hold that.
std::size_t end_of_scalar(std::string_view text, std::size_t begin) {
  constexpr std::string_view ends = "{}[]:, \t\r\n";
  std::size_t end = begin;
  while (end < text.size() && ends.find(text[end]) == std::string_view::npos)
    end = text[end] == '"' ? end_of_string(text, end) : end + 1;
  return end;
}

/// The same structure with `null` for whatever is no string, and an empty string for one that cannot be read.
std::string structure_of(std::string_view text) {
  constexpr std::string_view structural = "{}[]:, \t\r\n";
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  std::string structure;
  std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (begin < text.size() && text[begin] != '\0') {  // some readers take a zero byte for the end
    if (structural.find(text[begin]) != std::string_view::npos) {
      structure += text[begin++];
      continue;
    }
    const bool is_string = text[begin] == '"';
    const std::size_t end = is_string ? end_of_string(text, begin) : end_of_scalar(text, begin);
    const std::string_view token = text.substr(begin, end - begin);
    const bool is_closed = token.size() > 1 && token.back() == '"';
    structure += !is_string ? "null" : json::accept(token) ? token : is_closed ? R"("")" : token;
    begin = end;
  }
  return structure;
}

bool is_of_another_source(const json& record, fixtures::Source source) {
  const std::string_view expected = source == fixtures::Source::kinesis    ? "aws:kinesis"
                                    : source == fixtures::Source::dynamodb ? "aws:dynamodb"
                                                                           : "aws:sqs";
  if (!record.is_object() || !record.contains("eventSource") || !record["eventSource"].is_string())
    return false;
  return record["eventSource"].get_ref<const std::string&>() != expected;
}

std::optional<Remains> read(std::string_view payload, fixtures::Source source) {
  if (!is_utf8(payload)) return std::nullopt;
  const json event = json::parse(structure_of(payload), nullptr, false);
  if (!event.is_object() || !event.contains("Records") || !event["Records"].is_array()) return std::nullopt;
  Remains remains;
  remains.identified.source = source;
  remains.from_elsewhere = event.contains("window") && event["window"].is_object();
  for (const json& record : event["Records"]) {
    remains.from_elsewhere |= is_of_another_source(record, source);
    if (const auto identifier = identifier_of(record, json::json_pointer(place_of_identifier(source)))) {
      remains.identified.records.emplace_back().item_identifier = *identifier;
    } else {
      ++remains.unidentified;
    }
  }
  return remains;
}

}  // namespace

std::optional<Remains> read_remains(std::string_view payload, fixtures::Source source) {
  // Several laws ask about one payload after the other.
  thread_local struct {
    std::string payload;
    std::optional<fixtures::Source> source;
    std::optional<Remains> remains;
  } last;
  if (last.source != source || last.payload != payload) {
    last.remains = read(payload, source);
    last.payload = payload;
    last.source = source;
  }
  return last.remains;
}

}  // namespace batchproof::properties
