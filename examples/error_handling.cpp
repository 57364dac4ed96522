// An exception of a handler fails its record; an error in the event fails the invocation.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  if (record.body() == "no stock") throw std::runtime_error("the shelf is empty");
  if (record.body() == "old code") throw 42;  // not a std::exception, and contained too
}

const bp::BatchProcessor<bp::SqsRecord> processor;

void partial_failure() {
  const std::string payload = bp::fixtures::sqs_event({
      {.message_id = "m1", .body = "teapot"},
      {.message_id = "m2", .body = "no stock"},
      {.message_id = "m3", .body = "old code"},
  });

  const auto event = bp::decode<bp::SqsRecord>(payload);
  const auto batch = processor.process(event, handle_order);
  for (const auto& message : batch.messages()) {
    std::cout << message.record.message_id() << ": "
              << (message.status == bp::Status::success ? "done" : message.cause) << '\n';
  }
  std::cout << batch.to_json() << '\n';
}

void event_that_cannot_be_processed() {
  const std::string payload = R"({"Records": [{"messageId": "", "eventSource": "aws:sqs"}]})";
  try {
    static_cast<void>(bp::process_partial_response(payload, handle_order, processor));
  } catch (const bp::EventError& error) {
    std::cout << error.what() << '\n';
    if (error.record_index()) std::cout << "at record " << *error.record_index() << '\n';
  }
}

// For runtimes that do not catch a function's exceptions.
bp::InvocationAnswer answer(std::string_view payload) {
  return bp::answer_invocation(
      [&] { return bp::process_partial_response(payload, handle_order, processor); });
}

int main() {
  partial_failure();
  event_that_cannot_be_processed();
  const bp::InvocationAnswer failed = answer("not an event");
  std::cout << (failed.succeeded ? "response: " : "error: ") << failed.body << '\n';
}
