// Handlers of what a record holds.

#include <iostream>

#include <batchproof/envelopes.hpp>
#include <batchproof/fixtures/events.hpp>
#include <batchproof/json.hpp>

namespace bp = batchproof;

struct Order {
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Order, (), (quantity))

void ship(const Order& order) {
  if (order.quantity < 1) throw std::invalid_argument("quantity must be at least 1");
}

void index_object(const bp::S3Notification& object) {
  std::cout << object.event_name() << ' ' << object.bucket() << '/' << object.key() << '\n';
}

// Orders that a topic of SNS sends to the queue.
std::string handle_orders(std::string_view payload) {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  return bp::process_partial_response(payload, bp::sns_message(bp::typed<Order>(ship)), processor);
}

// A bucket that notifies the queue.
std::string handle_objects(std::string_view payload) {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  return bp::process_partial_response(payload, bp::s3_notification(index_object), processor);
}

int main() {
  std::cout << handle_orders(bp::fixtures::sqs_event(
                   {{.message_id = "m1",
                     .body = R"({"Type": "Notification", "TopicArn": "arn:aws:sns:eu-west-1:1:orders",
                                 "MessageId": "s1", "Message": "{\"quantity\": 2}"})"},
                    {.message_id = "m2", .body = R"({"quantity": 0})"}}))
            << '\n';
  std::cout << handle_objects(bp::fixtures::sqs_event(
                   {{.message_id = "m3",
                     .body = R"({"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3",
                                 "eventName": "ObjectCreated:Put",
                                 "s3": {"bucket": {"name": "photos"}, "object": {"key": "my+cat.jpg"}}}]})"},
                    {.message_id = "m4", .body = R"({"Service": "Amazon S3", "Event": "s3:TestEvent"})"}}))
            << '\n';
}
