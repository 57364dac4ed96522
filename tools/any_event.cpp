#include "any_event.hpp"

#include <batchproof/detail/foreign_event.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>

#include "terminal.hpp"

namespace batchproof::tools {
namespace {

constexpr std::string_view first_source = "/Records/0/eventSource";
constexpr std::string_view first_source_of_pipe = "/0/eventSource";

/// True when the event may be another source's. Kafka, whose events name their lists otherwise, is tried
/// first.
template <class Record>
bool may_be_another_sources(const EventError& error) {
  if constexpr (std::is_same_v<Record, KafkaRecord>)
    return error.json_pointer().find('/', 1) == std::string::npos;
  return error.json_pointer() == first_source || error.json_pointer() == first_source_of_pipe;
}

/// True for an event that has the members of Kafka's, and so must be one.
bool is_like_kafkas(std::string_view payload) {
  const auto event = fixtures::parse_json_or_discard(payload);
  return event.is_object() && !event.contains("Records") &&
         (event.contains("records") || event.contains("eventSource"));
}

/// The event; nothing for an event of another source.
template <class Record>
std::optional<AnyEvent> try_decode(std::string_view payload) {
  try {
    return decode<Record>(payload);
  } catch (const EventError& error) {
    if (std::is_same_v<Record, KafkaRecord> && is_like_kafkas(payload)) throw;
    if (may_be_another_sources<Record>(error)) return std::nullopt;
    throw;
  }
}

/// The source that the first record names, for the error message.
std::string wrong_source(std::string_view payload, std::string_view pointer) {
  constexpr std::size_t widest = 80;
  const auto event = fixtures::parse_json_or_discard(payload);
  const nlohmann::json::json_pointer place{std::string(pointer)};
  const std::string sources = fixtures::list_of_event_sources();
  if (!event.contains(place)) return "missing, and one of " + sources + " is expected";
  if (is_of_pipe(payload) && event.at(place) == fixtures::info_of(fixtures::Source::kafka).event_source)
    return "a pipe of Kafka, which is not read here";
  return "none of " + sources + ", but " + shorten_end(fixtures::to_text(event.at(place)), widest);
}

}  // namespace

bool is_of_pipe(std::string_view payload) {
  const std::size_t begin = payload.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && payload[begin] == '[';
}

std::optional<fixtures::Source> source_of_window(std::string_view payload) {
  if (payload.find("\"window\"") == std::string_view::npos) return std::nullopt;
  const auto event = fixtures::parse_json_or_discard(payload);
  const bool has_window = event.is_object() && event.contains("window") && !event.at("window").is_null();
  if (!has_window) return std::nullopt;
  const auto text_at = [&](std::string_view pointer) {
    const nlohmann::json::json_pointer place{std::string(pointer)};
    const bool is_text = event.contains(place) && event.at(place).is_string();
    return is_text ? event.at(place).get<std::string>() : "";
  };
  const std::string source = text_at(first_source);
  const std::string arn = text_at("/eventSourceARN");
  for (const fixtures::Source stream : fixtures::window_sources) {
    const std::string_view name = fixtures::info_of(stream).event_source;  // "aws:kinesis"
    const std::string service = ':' + std::string(name.substr(name.find(':') + 1)) + ':';
    if (source.empty() ? arn.find(service) != std::string::npos : source == name) return stream;
  }
  return std::nullopt;
}

AnyEvent decode_any(std::string_view payload) {
  if (const auto decoded = try_decode<KafkaRecord>(payload)) return *decoded;
  for (const fixtures::Source source : fixtures::all_sources) {
    const auto decoded =
        fixtures::with_record_type(source, [&]<class Record>() { return try_decode<Record>(payload); });
    if (decoded) return *decoded;
  }
  const std::string description = detail::describe_foreign_event(payload);
  const std::string_view place = is_of_pipe(payload) ? first_source_of_pipe : first_source;
  throw EventError(wrong_source(payload, place) + (description.empty() ? "" : "; this is " + description), 0,
                   std::string(place));
}

}  // namespace batchproof::tools
