#include "sample_order_handler.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace batchproof::tools {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& cause) { throw std::invalid_argument(cause); }

void check_quantity(const std::string& text, double quantity) {
  if (!(quantity > 0)) refuse("the quantity is " + text + ", which is not above 0");
}

void check_order(std::string_view payload) {
  const Json order = Json::parse(payload, nullptr, false);
  if (order.is_discarded()) refuse("not an order: the payload is not JSON");
  if (!order.is_object()) refuse("not an order: the payload is no JSON object");
  const auto quantity = order.find("quantity");
  if (quantity == order.end()) refuse("the order has no quantity");
  if (!quantity->is_number()) refuse("the quantity is not a number");
  check_quantity(quantity->dump(), quantity->get<double>());
}

void check_order(const AttributeMap& item) {
  const auto quantity = item.find("quantity");
  if (!quantity) refuse("the order has no quantity");
  if (quantity->type() != AttributeValue::Type::number) refuse("the quantity is not a number");
  const AttributeNumber number = quantity->as_number();
  check_quantity(std::string(number.text()), number.to_double());
}

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

template <class Payload>
void check_text(const Payload& payload, const std::optional<std::string>& refused_text) {
  if (refused_text && holds(payload, *refused_text)) refuse("the payload contains \"" + *refused_text + "\"");
}

}  // namespace

void SampleOrderHandler::operator()(const SqsRecord& record) const {
  check_text(record.body(), refused_text);
  check_order(record.body());
}

void SampleOrderHandler::operator()(const KinesisStreamRecord& record) const {
  check_text(record.data(), refused_text);
  check_order(record.data());
}

void SampleOrderHandler::operator()(const DynamoDbRecord& record) const {
  if (const auto keys = record.keys()) check_text(*keys, refused_text);
  const auto item = record.new_image();
  if (!item) return;
  check_text(*item, refused_text);
  check_order(*item);
}

}  // namespace batchproof::tools
