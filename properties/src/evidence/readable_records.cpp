#include "readable_records.hpp"

#include <simdjson.h>

#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <charconv>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace batchproof::properties {
namespace {

namespace dom = simdjson::dom;

/// The last member of that name, which most readers use; nothing when there is none.
std::optional<dom::element> member(const dom::element& object, std::string_view name) {
  std::optional<dom::element> found;
  if (!object.is_object()) return found;
  const dom::object members = object.get_object().value_unsafe();
  for (const auto& [key, value] : members) {
    if (key == name) found = value;
  }
  return found;
}

/// The identifier of a Kafka record: a failure is reported by the partition whose list holds the record, and
/// by its offset.
std::optional<std::string> identifier_of(const dom::element& record, std::string_view list) {
  const auto whole_number = [&](std::string_view name) -> std::optional<std::int64_t> {
    const auto found = member(record, name);
    if (!found || !found->is_int64() || found->get_int64().value_unsafe() < 0) return std::nullopt;
    return found->get_int64().value_unsafe();
  };
  const auto topic = member(record, "topic");
  const auto partition = whole_number("partition");
  const auto offset = whole_number("offset");
  if (!topic || !topic->is_string() || !partition || !offset) return std::nullopt;
  const std::string_view name = topic->get_string().value_unsafe();
  if (name.empty() || std::string(name) + '-' + std::to_string(*partition) != list) return std::nullopt;
  if (*partition > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return fixtures::kafka_identifier(list, *offset);
}

/// The identifier that could report a failure of the record; nothing when there is none.
std::optional<std::string_view> identifier_of(const dom::element& record, fixtures::Source source) {
  const auto [parent, name] = fixtures::info_of(source).identifier;
  const auto holder = parent.empty() ? record : member(record, parent);
  const auto identifier = holder ? member(*holder, name) : std::nullopt;
  if (!identifier || !identifier->is_string()) return std::nullopt;
  const std::string_view text = identifier->get_string().value_unsafe();
  return text.empty() ? std::nullopt : std::optional(text);
}

/// The position after the string that begins here.
std::size_t end_of_string(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
  return std::min(end + 1, text.size());
}

/// The position after the scalar that begins here, valid or not. A quoted part within it, as in `1""`,
/// belongs to it: a field that nobody reads may hold that.
std::size_t end_of_scalar(std::string_view text, std::size_t begin) {
  constexpr std::string_view ends = "{}[]:, \t\r\n";
  std::size_t end = begin;
  while (end < text.size() && ends.find(text[end]) == std::string_view::npos)
    end = text[end] == '"' ? end_of_string(text, end) : end + 1;
  return end;
}

/// Most strings can be read unchanged.
bool is_readable_string(std::string_view token) {
  const auto is_special = [](char character) {
    return character == '\\' || static_cast<unsigned char>(character) < 0x20;
  };
  return std::none_of(token.begin(), token.end(), is_special) || fixtures::is_json(token);
}

/// Digits that every reader reads as the same number.
bool is_whole_number(std::string_view token) {
  if (token.empty() || (token.front() == '0' && token.size() > 1)) return false;
  if (token.find_first_not_of("0123456789") != std::string_view::npos) return false;
  std::int64_t number = 0;
  return std::from_chars(token.data(), token.data() + token.size(), number).ec == std::errc();
}

/// The text with its objects, lists, strings and whole numbers. Every other value becomes `null`. A string
/// that cannot be read becomes an empty one.
std::string structure_of(std::string_view text) {
  constexpr std::string_view structural = "{}[]:, \t\r\n";
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  std::string structure;
  structure.reserve(text.size() * 2 + simdjson::SIMDJSON_PADDING);  // `null` may stand for one byte
  std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (begin < text.size() && text[begin] != '\0') {  // some readers stop at a zero byte
    if (structural.find(text[begin]) != std::string_view::npos) {
      structure += text[begin++];
      continue;
    }
    const bool is_string = text[begin] == '"';
    const std::size_t end = is_string ? end_of_string(text, begin) : end_of_scalar(text, begin);
    const std::string_view token = text.substr(begin, end - begin);
    const bool is_closed = token.size() > 1 && token.back() == '"';
    structure += is_whole_number(token)                    ? token
                 : !is_string                              ? "null"
                 : is_closed && !is_readable_string(token) ? R"("")"
                                                           : token;
    begin = end;
  }
  return structure;
}

/// The source whose identifiers the records have: this library recognises an event of EventBridge Pipes by
/// its form alone, whoever sent it.
fixtures::Source source_by_form(const dom::element& event, fixtures::Source source) {
  return fixtures::with_record_type(
      source, [&]<class Record>() { return fixtures::source_of<Record>(false, event.is_array()); });
}

bool is_of_another_source(const dom::element& record, fixtures::Source source) {
  const auto named = member(record, "eventSource");
  return named && named->is_string() &&
         named->get_string().value_unsafe() != fixtures::info_of(source).event_source;
}

/// Parsers with room for any depth. Most payloads are small, and share one parser.
class Parser {
 public:
  /// Nothing when the text is not JSON. Valid until the next call.
  std::optional<dom::element> parse(std::string_view text) {
    if (text.size() > parser().capacity() || text.size() >= parser().max_depth()) {
      const std::size_t room = std::max(text.size(), usual_size_bytes);
      if (room > usual_size_bytes) large_.emplace();
      if (parser().allocate(room, room + 1) != simdjson::SUCCESS) return std::nullopt;
    }
    dom::element event;
    if (parser().parse(text.data(), text.size()).get(event) != simdjson::SUCCESS) return std::nullopt;
    return event;
  }

 private:
  static constexpr std::size_t usual_size_bytes = 65'536;

  static dom::parser& usual() {
    thread_local dom::parser parser;
    return parser;
  }
  dom::parser& parser() { return large_ ? *large_ : usual(); }

  std::optional<dom::parser> large_;
};

/// Surrogates are escapes too, and readers disagree on which pairs are valid.
bool has_surrogates(std::string_view text) {
  for (std::size_t at = text.find("\\u"); at != std::string_view::npos; at = text.find("\\u", at + 2)) {
    if (at + 2 < text.size() && (text[at + 2] == 'd' || text[at + 2] == 'D')) return true;
  }
  return false;
}

/// Most payloads are valid JSON throughout, and need no replacements.
std::optional<dom::element> parse_structure(std::string_view payload, Parser& parser) {
  if (!has_surrogates(payload)) {
    if (const auto event = parser.parse(payload)) return event;
  }
  if (!detail::is_utf8(payload)) return std::nullopt;
  return parser.parse(structure_of(payload));
}

/// The lists of an event of Kafka; nothing when one of them is not a list.
std::optional<ReadableRecords> read_lists(const dom::element& event) {
  const auto lists = member(event, "records");
  if (!lists || !lists->is_object()) return std::nullopt;
  ReadableRecords readable;
  readable.identified.source = fixtures::Source::kafka;
  const auto source = member(event, "eventSource");
  readable.from_elsewhere = source && source->is_string() &&
                            !source->get_string().value_unsafe().ends_with("kafka") &&
                            !source->get_string().value_unsafe().ends_with("Kafka");
  const dom::object members = lists->get_object().value_unsafe();
  for (const auto& [name, list] : members) {
    if (!list.is_array()) return std::nullopt;
    const dom::array elements = list.get_array().value_unsafe();
    for (const dom::element record : elements) {
      if (auto identifier = identifier_of(record, name)) {
        fixtures::CaseRecord& read = readable.identified.records.emplace_back();
        read.item_identifier = *std::move(identifier);
        read.message_group_id = name;
      } else {
        ++readable.unidentified;
      }
    }
  }
  return readable;
}

}  // namespace

std::optional<ReadableRecords> read_records(std::string_view payload, fixtures::Source source) {
  Parser parser;
  const auto parsed = parse_structure(payload, parser);
  if (!parsed) return std::nullopt;
  const dom::element event = *parsed;
  if (source == fixtures::Source::kafka) return read_lists(event);
  const fixtures::Source source_of_identifiers = source_by_form(event, source);
  const auto records = event.is_array() ? std::optional(event) : member(event, "Records");
  if (!records || !records->is_array()) return std::nullopt;
  ReadableRecords readable;
  readable.identified.source = source;
  const auto window = member(event, "window");
  readable.from_elsewhere = (window && window->is_object()) != fixtures::has_windows(source);
  const dom::array elements = records->get_array().value_unsafe();
  for (const dom::element record : elements) {
    readable.from_elsewhere |= is_of_another_source(record, source);
    if (const auto identifier = identifier_of(record, source_of_identifiers)) {
      readable.identified.records.emplace_back().item_identifier = *identifier;
    } else {
      ++readable.unidentified;
    }
  }
  return readable;
}

bool may_hold_record_at(std::string_view payload, std::string_view json_pointer, fixtures::Source source,
                        const std::optional<ReadableRecords>& readable) {
  if (json_pointer.empty()) return true;
  // `/3` in a list, `/Records/3`, or `/records/topic-0/3`.
  const std::size_t parts = json_pointer.starts_with("/records/") && source == fixtures::Source::kafka ? 3
                            : json_pointer.starts_with("/Records/")                                    ? 2
                                                                                                       : 1;
  std::size_t end = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    if (end == std::string_view::npos || end == json_pointer.size()) return true;
    end = std::min(json_pointer.find('/', end + 1), json_pointer.size());
  }
  const std::string_view record = json_pointer.substr(0, end);
  if (parts == 1 && record.find_first_not_of("/0123456789") != std::string_view::npos) return true;
  // The usual case, without reading the payload again.
  if (readable && parts == (payload.starts_with('[') ? 1U : 2U)) {
    std::size_t place = 0;
    const std::string_view digits = record.substr(record.rfind('/') + 1);
    const bool is_place =
        std::from_chars(digits.data(), digits.data() + digits.size(), place).ec == std::errc();
    if (is_place && place < readable->identified.records.size() + readable->unidentified) return true;
  }
  Parser parser;
  const auto event = parser.parse(payload);
  dom::element found;
  return !event || event->at_pointer(record).get(found) == simdjson::SUCCESS;
}

}  // namespace batchproof::properties
