// The status of each record, and the result of its handler.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

// Each message keeps the result of its handler.
std::string handle_order(const bp::SqsRecord& record) {
  if (record.body().empty()) throw std::invalid_argument("an empty order");
  return "receipt for " + std::string(record.body());
}

const bp::BatchProcessor<bp::SqsRecord> processor;

std::string handle_event(std::string_view payload) {
  const auto event = bp::decode<bp::SqsRecord>(payload);  // must outlive the batch
  const auto batch = processor.process(event, handle_order);
  for (const auto& message : batch.messages()) {
    std::cout << message.record.message_id();
    if (message.status == bp::Status::success) {
      std::cout << " succeeded: " << *message.result << '\n';
    } else {
      std::cout << " failed: " << message.cause << '\n';  // message.exception is what was thrown
    }
  }
  return batch.response().to_json();
}

int main() {
  std::cout << handle_event(bp::fixtures::sqs_event({
                   {.message_id = "m1", .body = "teapot"},
                   {.message_id = "m2", .body = ""},
                   {.message_id = "m3", .body = "saucer"},
               }))
            << '\n';
}
