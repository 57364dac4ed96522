// A function that reads an SQS FIFO queue: after a failure it handles nothing more, or order would be lost.

#include <batchproof/json.hpp>
#include <batchproof/lambda_runtime.hpp>
#include <chrono>
#include <stdexcept>
#include <string>

namespace bp = batchproof;
using namespace std::chrono_literals;

struct Order {
  std::string order_id;
  int quantity = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, order_id, quantity)

// Returning means done; throwing means that this message and those after it come again.
void handle_order(const Order& order) {
  if (order.quantity < 1) throw std::invalid_argument(order.order_id + ": quantity must be at least 1");
}

int main() {
  // If customers need not wait for one another, set .skip_group_on_error, and then .max_concurrency too.
  const bp::SqsFifoPartialProcessor processor({.reserve = 2s});
  return bp::run_batch_handler(bp::typed<Order>(handle_order), processor);
}
