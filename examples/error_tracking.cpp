// Passes a handler's exception to an error tracker, with the id to find the message again.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

// Stands for the client of an error tracker, which takes an exception and labels.
struct ErrorTracker {
  static void capture(const std::exception& error, std::string_view label, std::string_view value) {
    std::cout << "captured \"" << error.what() << "\" with " << label << " " << value << '\n';
  }
};

void handle_order(const bp::SqsRecord& record) {
  if (record.body() == "none") throw std::invalid_argument("quantity must be at least 1");
}

void track(const bp::SqsRecord& record, const bp::Failure& failure) {
  try {
    std::rethrow_exception(failure.exception);
  } catch (const bp::NotHandledError&) {
    // This message was not handled, so it has no error of its own.
  } catch (const std::exception& error) {
    ErrorTracker::capture(error, "message_id", record.message_id());
  }
}

const bp::SqsFifoPartialProcessor processor{{.on_failure = track}};

int main() {
  const std::string payload = bp::fixtures::sqs_fifo_event({
      {.message_id = "m1", .body = "teapot", .message_group_id = "alice"},
      {.message_id = "m2", .body = "none", .message_group_id = "alice"},
      {.message_id = "m3", .body = "saucer", .message_group_id = "alice"},
  });
  std::cout << bp::process_partial_response(payload, handle_order, processor) << '\n';
}
