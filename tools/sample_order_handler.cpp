#include "sample_order_handler.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "record_parts.hpp"

namespace batchproof::tools {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& cause) { throw std::invalid_argument(cause); }

void check_quantity(const std::string& text, double quantity) {
  if (!(quantity > 0)) refuse("the quantity is " + text + ", which is not above 0");
}

void check_order(std::string_view payload) {
  const Json order = fixtures::parse_json_or_discard(payload);
  if (order.is_discarded()) refuse("not an order: the payload is not JSON");
  if (!order.is_object()) refuse("not an order: the payload is not a JSON object");
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

/// Accepts a tombstone.
void check_order(const std::optional<std::string_view>& value) {
  if (value) check_order(*value);
}

/// Accepts a change without a new image.
void check_order(const OptionalAttributeMap& image) {
  if (image) check_order(*image);
}

}  // namespace

template <fixtures::AnyRecord Record>
void SampleOrderHandler::operator()(const Record& record) const {
  check_order(payload_of(record));
}

#define BATCHPROOF_INSTANTIATE(Record) \
  template void SampleOrderHandler::operator()(const Record& record) const;
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::tools
