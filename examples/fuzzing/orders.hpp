#pragma once

#include <batchproof/batch.hpp>
#include <batchproof/properties/verify.hpp>
#include <charconv>
#include <stdexcept>
#include <string_view>

namespace bp = batchproof;

/// An order is "2 tea": a quantity from 1, and what is ordered. A "!" in front makes it urgent.
inline int quantity_of(std::string_view order) {
  if (order.starts_with('!')) order.remove_prefix(1);
  int quantity = 0;
  const auto [end, error] = std::from_chars(order.data(), order.data() + order.size(), quantity);
  if (error != std::errc() || end == order.data() + order.size() || *end != ' ')
    throw std::invalid_argument("an order is \"2 tea\"");
  return quantity;
}

inline void handle_order(const bp::SqsRecord& record) {
  if (quantity_of(record.body()) < 1) throw std::invalid_argument("quantity must be at least 1");
}

/// Urgent orders are booked at once, whatever their quantity. But the flag is never taken back.
inline void handle_order_carelessly(const bp::SqsRecord& record) {
  static bool urgent = false;
  if (record.index() == 0) urgent = false;
  if (record.body().starts_with('!')) urgent = true;
  if (quantity_of(record.body()) < 1 && !urgent) throw std::invalid_argument("quantity must be at least 1");
}

/// No example is urgent.
inline bp::VerifyHandlerOptions contract_of_orders() {
  return {.accepted = {"2 tea", "10 cups"},
          .rejected = {"0 tea", "tea", ""},
          .regressions = "regressions/orders"};
}
