#include "record_parts.hpp"

#include <fmt/core.h>

#include <batchproof/fixtures/json_text.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::tools {
namespace {

std::string text_of(const AttributeValue& value) {
  if (value.type() == AttributeValue::Type::string) return std::string(value.as_string());
  if (value.type() == AttributeValue::Type::number) return std::string(value.as_number().text());
  return fmt::format("({})", name(value.type()));
}

}  // namespace

std::string group_of(const DynamoDbRecord& record) {
  std::string text;
  const auto keys = record.keys();
  if (!keys) return text;
  for (const auto& [key, value] : *keys)
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", key, text_of(value));
  return text;
}

std::string partition_and_offset(std::string_view kafka_identifier) {
  const auto json = fixtures::parse_ordered_json(kafka_identifier);
  return json.at("partition").get<std::string>() + ':' + fixtures::to_text(json.at("offset"));
}

}  // namespace batchproof::tools
