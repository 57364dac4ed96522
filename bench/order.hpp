#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::bench {

/// The content of the bodies of `payload`, as a user would declare it.
struct Order {
  std::uint64_t order_id = 0;
  int quantity = 0;
  std::string customer;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, order_id, quantity, customer)

}  // namespace batchproof::bench
