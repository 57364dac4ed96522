// The stream of a DynamoDB table. The service starts again at the lowest sequence number that is reported.

#include <batchproof/fixtures/event_files.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

void handle_change(const bp::DynamoDbRecord& record) {
  const auto order = record.new_image();
  if (!order) return;  // a removal, or a stream that shows keys alone
  if (order->at("quantity").as_number().to_int64() < 1)
    throw std::invalid_argument("quantity must be at least 1");
}

const bp::BatchProcessor<bp::DynamoDbRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, handle_change, processor);
}

int main() {
  const auto sample = bp::fixtures::event_file("sample_orders/dynamodb");
  std::cout << handle_event(sample.event) << '\n';
}
