// An effect that happens once, although its message is delivered more than once.

#include <batchproof/batch.hpp>
#include <batchproof/idempotency.hpp>
#include <iostream>
#include <string>

namespace bp = batchproof;
using namespace std::chrono_literals;

int charges = 0;

// Its result is kept, and returned again for a second delivery.
std::string charge_customer(const bp::SqsRecord& record) {
  return "receipt " + std::to_string(++charges) + " for " + std::string(record.body());
}

bp::MemoryStore store;  // in a function: bp::DynamoDbStore or bp::RedisStore

const auto charge_once = bp::idempotent(charge_customer, store, {.expires_after = 5 * 24h});

// Messages with one body are one order, whoever sent it twice.
const auto charge_order_once =
    bp::idempotent(charge_customer, store,
                   {.key = [](const bp::SqsRecord& record) { return record.body(); }, .prefix = "orders"});

const bp::BatchProcessor<bp::SqsRecord> processor;

template <class Handler>
void deliver(const Handler& handler, const std::string& id, const std::string& body) {
  const auto event =
      bp::decode<bp::SqsRecord>(R"({"Records": [{"messageId": ")" + id +
                                R"(", "eventSource": "aws:sqs", "body": ")" + body + R"("}]})");
  const auto batch = processor.process(event, handler);
  std::cout << id << ": " << *batch.messages()[0].result << '\n';
}

int main() {
  deliver(charge_once, "m1", "teapot");
  deliver(charge_once, "m1", "teapot");
  deliver(charge_order_once, "m2", "saucer");
  deliver(charge_order_once, "m3", "saucer");
}
