// An SQS FIFO queue. Nothing is handled out of order: a failure stops what comes after it.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  const auto order = nlohmann::json::parse(record.body());
  if (order.at("quantity").get<double>() < 1) throw std::invalid_argument("quantity must be at least 1");
}

// The first failure and everything after it stay on the queue.
const bp::SqsFifoPartialProcessor processor;

std::string handle_event(std::string_view payload) {
  return bp::process_partial_response(payload, handle_order, processor);
}

// A failure stops its own message group, and the other groups go on.
const bp::SqsFifoPartialProcessor group_processor{{.skip_group_on_error = true}};

std::string handle_event_by_group(std::string_view payload) {
  return bp::process_partial_response(payload, handle_order, group_processor);
}

int main() {
  const std::string payload = bp::fixtures::sqs_fifo_event({
      {.message_id = "m1", .body = R"({"quantity": 2})", .message_group_id = "alice"},
      {.message_id = "m2", .body = R"({"quantity": 0})", .message_group_id = "bob"},
      {.message_id = "m3", .body = R"({"quantity": 1})", .message_group_id = "alice"},
      {.message_id = "m4", .body = R"({"quantity": 5})", .message_group_id = "bob"},
  });
  std::cout << handle_event(payload) << '\n' << handle_event_by_group(payload) << '\n';
}
