// Typed handlers of a table's stream take a change: its kind, and up to two images.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/typed.hpp>

namespace bp = batchproof;

struct Order {
  std::string sku;
  int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Order, (), (sku, quantity))

void follow(const bp::Change<Order>& change) {
  if (change.kind == bp::ChangeKind::remove) {
    std::cout << "an order is gone\n";
  } else if (change.new_image) {
    const int before = change.old_image ? change.old_image->quantity : 0;
    std::cout << change.new_image->sku << ": " << before << " -> " << change.new_image->quantity << '\n';
  }
}

const bp::BatchProcessor<bp::DynamoDbRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, bp::typed<Order>(follow), processor);
}

int main() {
  using bp::fixtures::item;
  const auto two = item(R"({"sku": {"S": "teapot"}, "quantity": {"N": "2"}})");
  const auto five = item(R"({"sku": {"S": "teapot"}, "quantity": {"N": "5"}})");
  const auto text = item(R"({"sku": {"S": "teapot"}, "quantity": {"S": "many"}})");
  std::cout << handle_event(bp::fixtures::dynamodb_event({
                   {.sequence_number = "101", .new_image = two},
                   {.sequence_number = "102", .new_image = five, .old_image = two, .event_name = "MODIFY"},
                   {.sequence_number = "103", .new_image = text},
                   {.sequence_number = "104", .event_name = "REMOVE"},
               }))
            << '\n';
}
