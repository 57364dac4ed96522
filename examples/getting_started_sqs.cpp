// An SQS standard queue. Messages whose handler throws stay on the queue; the others are deleted.

#include <batchproof/fixtures/event_files.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

// Returning means done. Throwing means that this message, and no other, is delivered again.
void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

const bp::BatchProcessor<bp::SqsRecord> processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, handle_order, processor);
}

int main() {
  const auto sample = bp::fixtures::event_file("sample_orders/sqs");
  std::cout << handle_event(sample.event) << '\n';
}
