// Hooks are called for every record with its result.

#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  if (record.body() == "none") throw std::invalid_argument("quantity must be at least 1");
}

// An exception of this hook fails the record: its work was not finished.
void confirm_order(const bp::SqsRecord& record) {
  if (record.body() == "saucer") throw std::runtime_error("the confirmation could not be sent");
  std::cout << "confirmed " << record.message_id() << '\n';
}

// An exception of this hook is dropped: it cannot change the result of the record.
void note_failure(const bp::SqsRecord& record, const bp::Failure& failure) {
  std::cout << "failed " << record.message_id() << ": " << failure.cause << '\n';
}

const bp::BatchProcessor<bp::SqsRecord> processor{{.on_success = confirm_order, .on_failure = note_failure}};

int main() {
  const char* const payload = R"({"Records": [
    {"messageId": "m1", "eventSource": "aws:sqs", "body": "teapot"},
    {"messageId": "m2", "eventSource": "aws:sqs", "body": "none"},
    {"messageId": "m3", "eventSource": "aws:sqs", "body": "saucer"}
  ]})";
  std::cout << bp::process_partial_response(payload, handle_order, processor) << '\n';
}
