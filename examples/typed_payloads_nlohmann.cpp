// A handler that takes the payload as a type with nlohmann's from_json.

#include <iostream>

#include <batchproof/json.hpp>

namespace bp = batchproof;

struct Order {
  std::string sku;
  int quantity = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Order, sku, quantity)

void ship(const Order& order) { std::cout << "shipping " << order.quantity << " x " << order.sku << '\n'; }

int main() {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  const auto event = bp::decode<bp::SqsRecord>(R"({"Records": [
    {"messageId": "m1", "eventSource": "aws:sqs", "body": "{\"sku\": \"teapot\", \"quantity\": 2.0}"},
    {"messageId": "m2", "eventSource": "aws:sqs", "body": "{\"sku\": \"saucer\", \"quantity\": 2.9}"},
    {"messageId": "m3", "eventSource": "aws:sqs", "body": "{\"sku\": \"saucer\", \"quantity\": 4294967298}"},
    {"messageId": "m4", "eventSource": "aws:sqs", "body": "{\"sku\": \"saucer\"}"}
  ]})");
  const auto batch = processor.process(event, bp::typed<Order>(ship));
  for (const auto& message : batch.messages()) {
    if (message.status == bp::Status::failure) std::cout << message.cause << '\n';
  }
}
