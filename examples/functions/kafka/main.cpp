// A function that reads a topic of Kafka. Eight records are handled at once, those of one partition in order.

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

// Called from several threads. Returning means done; throwing means that this record comes again.
void handle_order(const Order& order) {
  if (order.quantity < 1) throw std::invalid_argument(order.order_id + ": quantity must be at least 1");
}

int main() {
  const bp::BatchProcessor<bp::KafkaRecord> processor({.max_concurrency = 8, .reserve = 2s});
  return bp::run_batch_handler(bp::typed<Order>(handle_order), processor);
}
