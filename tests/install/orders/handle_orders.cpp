#include "handle_orders.hpp"

#include <nlohmann/json.hpp>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

std::string handle_orders(std::string_view payload) {
  static const bp::BatchProcessor<bp::SqsRecord> processor;
  return bp::process_partial_response(payload, handle_order, processor);
}
