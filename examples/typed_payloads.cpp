// A handler that takes the payload as a type of its own.

#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <batchproof/typed.hpp>

namespace bp = batchproof;

enum class Priority { normal, urgent };
BOOST_DESCRIBE_ENUM(Priority, normal, urgent)

struct Order {
  std::string sku;
  int quantity = 0;
  std::optional<Priority> priority;
};
BOOST_DESCRIBE_STRUCT(Order, (), (sku, quantity, priority))

void ship(const Order& order) { std::cout << "shipping " << order.quantity << " x " << order.sku << '\n'; }

const bp::BatchProcessor<bp::SqsRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, bp::typed<Order>(ship), processor);
}

// A typed handler may take the record and the context too.
void ship_and_tell(const Order& order, const bp::SqsRecord& record, const bp::LambdaContext& context) {
  std::cout << context.request_id << ": " << record.message_id() << " is about " << order.sku << '\n';
}

// Messages that are not orders are set aside, and deleted from the queue.
void set_aside(const bp::PayloadError& error, const bp::SqsRecord& record) {
  std::cout << record.message_id() << " is set aside, since its " << error.what() << '\n';
}

std::string handle_event_of_many_producers(std::string_view payload) {
  return bp::process_partial_response(payload, bp::typed<Order>(ship, set_aside), processor);
}

int main() {
  const char* const payload = R"({"Records": [
    {"messageId": "m1", "eventSource": "aws:sqs", "body": "{\"sku\": \"teapot\", \"quantity\": 2, \"gift\": true}"},
    {"messageId": "m2", "eventSource": "aws:sqs", "body": "{\"sku\": \"saucer\"}"},
    {"messageId": "m3", "eventSource": "aws:sqs", "body": "{\"sku\": \"cup\", \"quantity\": 2.5}"},
    {"messageId": "m4", "eventSource": "aws:sqs", "body": "{\"sku\": \"cup\", \"quantity\": 2, \"priority\": \"hi\"}"},
    {"messageId": "m5", "eventSource": "aws:sqs", "body": "not an order"}
  ]})";
  std::cout << handle_event(payload) << '\n';

  const auto event = bp::decode<bp::SqsRecord>(payload);
  const auto batch = processor.process(event, bp::typed<Order>(ship_and_tell), {.request_id = "8f50"});
  for (const auto& message : batch.messages()) {
    if (message.status == bp::Status::failure) std::cout << message.cause << '\n';
  }

  std::cout << handle_event_of_many_producers(payload) << '\n';
}
