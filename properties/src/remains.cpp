#include "remains.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace batchproof::properties {
namespace {

using nlohmann::json;

json::json_pointer place_of_identifier(fixtures::Source source) {
  switch (source) {
    case fixtures::Source::kinesis:
      return json::json_pointer("/kinesis/sequenceNumber");
    case fixtures::Source::dynamodb:
      return json::json_pointer("/dynamodb/SequenceNumber");
    default:
      return json::json_pointer("/messageId");
  }
}

/// The identifier that a failure could be reported by; nothing where there is none.
std::optional<std::string> identifier_of(const json& record, const json::json_pointer& place) {
  if (!record.is_object() || !record.contains(place)) return std::nullopt;
  const json& identifier = record.at(place);
  if (!identifier.is_string() || identifier.get_ref<const std::string&>().empty()) return std::nullopt;
  return identifier.get<std::string>();
}

}  // namespace

Reading read_remains(std::string_view payload, fixtures::Source source, Remains& remains) {
  if (!json::accept(payload)) return Reading::no_json;
  const json event = json::parse(payload, nullptr, false);
  if (event.is_discarded()) return Reading::too_large;
  if (!event.is_object() || !event.contains("Records") || !event["Records"].is_array()) return Reading::no_batch;
  remains.identified.source = source;
  for (const json& record : event["Records"]) {
    const auto identifier = identifier_of(record, place_of_identifier(source));
    if (identifier) {
      remains.identified.records.emplace_back().item_identifier = *identifier;
    } else {
      ++remains.unidentified;
    }
  }
  return Reading::batch;
}

}  // namespace batchproof::properties
