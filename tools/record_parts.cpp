#include "record_parts.hpp"

#include <fmt/core.h>

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

}  // namespace batchproof::tools
