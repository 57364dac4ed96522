#include <batchproof/aws.hpp>
#include <batchproof/idempotency.hpp>
#include <batchproof/json.hpp>
#include <batchproof/lambda_runtime.hpp>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace bp = batchproof;
using namespace std::chrono_literals;

struct Order {
  std::string order_id;
  int quantity = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, order_id, quantity)

// Called once for each message, although it may be delivered more than once.
void charge_customer(const Order& order) {
  if (order.quantity == 0) throw bp::DeadLetter(order.order_id + ": quantity is 0");
  if (order.quantity < 0) throw std::invalid_argument(order.order_id + ": quantity must be at least 1");
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int main() {
  bp::DynamoDbStore store({.table = variable("IDEMPOTENCY_TABLE")});
  const auto handle_order =
      bp::idempotent(bp::typed<Order>(charge_customer), store, {.expires_after = 5 * 24h});
  const bp::BatchProcessor<bp::SqsRecord> processor(
      {.max_concurrency = 8,
       .reserve = 3s,
       .actions = bp::aws::queue_actions({.dead_letter_queue_url = variable("FAILED_ORDERS_URL"),
                                          .backoff = bp::exponential(10s, 15min)})});
  return bp::run_batch_handler(handle_order, processor);
}
