#include "payload_text.hpp"

#include <algorithm>

#include "record_parts.hpp"

namespace batchproof::tools {
namespace {

bool holds(std::string_view payload, std::string_view text) {
  return payload.find(text) != std::string_view::npos;
}

bool holds(const std::optional<std::string_view>& payload, std::string_view text) {
  return payload && holds(*payload, text);
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

bool holds(const OptionalAttributeMap& map, std::string_view text) { return map && holds(*map, text); }

}  // namespace

template <fixtures::AnyRecord Record>
bool payload_contains(const Record& record, std::string_view text) {
  if constexpr (requires { record.keys(); }) {
    if (holds(record.keys(), text)) return true;
  }
  return holds(payload_of(record), text);
}

#define BATCHPROOF_INSTANTIATE(Record) \
  template bool payload_contains(const Record& record, std::string_view text);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::tools
