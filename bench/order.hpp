#pragma once

// The payloads of the benchmarks as types, for nlohmann/json and for Boost.Describe:
//
//     bp::typed<Order>([](const Order& order) { keep(order.quantity); });

#include <boost/describe/class.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace batchproof::bench {

/// The content of the bodies of `payload`, as a user would declare it for nlohmann/json.
struct Order {
  std::uint64_t order_id = 0;
  int quantity = 0;
  std::string customer;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, order_id, quantity, customer)

/// The same, as described by Boost.Describe.
struct DescribedOrder {
  std::uint64_t order_id = 0;
  int quantity = 0;
  std::string customer;
};
BOOST_DESCRIBE_STRUCT(DescribedOrder, (), (order_id, quantity, customer))

}  // namespace batchproof::bench
