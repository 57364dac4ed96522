#include "payload_text.hpp"

#include <algorithm>

namespace batchproof::tools {
namespace {

bool holds(std::string_view payload, std::string_view text) {
  return payload.find(text) != std::string_view::npos;
}

bool holds(const AttributeMap& map, std::string_view text);

bool holds(const AttributeValue& value, std::string_view text) {
  const auto any_of = [&](const auto& elements) {
    return std::any_of(elements.begin(), elements.end(),
                       [&](const auto& element) { return holds(element, text); });
  };
  using Type = AttributeValue::Type;
  switch (value.type()) {
    case Type::string:
      return holds(value.as_string(), text);
    case Type::number:
      return holds(value.as_number().text(), text);
    case Type::binary:
      return holds(value.as_binary(), text);
    case Type::map:
      return holds(value.as_map(), text);
    case Type::list:
      return any_of(value.as_list());
    case Type::string_set:
      return any_of(value.as_string_set());
    case Type::binary_set:
      return any_of(value.as_binary_set());
    case Type::number_set: {
      const auto numbers = value.as_number_set();
      return std::any_of(numbers.begin(), numbers.end(),
                         [&](const AttributeNumber& number) { return holds(number.text(), text); });
    }
    case Type::boolean:
    case Type::null:
      break;
  }
  return false;
}

bool holds(const AttributeMap& map, std::string_view text) {
  return std::any_of(map.begin(), map.end(), [&](const AttributeMap::Entry& entry) {
    return holds(entry.name, text) || holds(entry.value, text);
  });
}

}  // namespace

bool payload_contains(const SqsRecord& record, std::string_view text) { return holds(record.body(), text); }

bool payload_contains(const KinesisStreamRecord& record, std::string_view text) {
  return holds(record.data(), text);
}

bool payload_contains(const DynamoDbRecord& record, std::string_view text) {
  const auto keys = record.keys();
  const auto item = record.new_image();
  return (keys && holds(*keys, text)) || (item && holds(*item, text));
}

}  // namespace batchproof::tools
