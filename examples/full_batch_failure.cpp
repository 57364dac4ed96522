// When every record fails, the invocation fails too, so that the failure shows in the metrics.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;

void handle_order(const bp::SqsRecord& record) {
  throw std::runtime_error("no connection to the shop for " + std::string(record.body()));
}

const bp::BatchProcessor<bp::SqsRecord> processor;

void fail_the_invocation(std::string_view payload) {
  try {
    static_cast<void>(bp::process_partial_response(payload, handle_order, processor));
  } catch (const bp::BatchProcessingError& error) {
    std::cout << error.what() << '\n';
    std::cout << error.exceptions().size() << " exceptions, one for each record\n";
    std::cout << error.response().to_json() << '\n';
  }
}

// Opting out: the function answers, and the answer lists every record.
const bp::BatchProcessor<bp::SqsRecord> quiet_processor{{.raise_on_entire_batch_failure = false}};

void answer_all_the_same(std::string_view payload) {
  std::cout << bp::process_partial_response(payload, handle_order, quiet_processor) << '\n';
}

int main() {
  const std::string payload = bp::fixtures::sqs_event({
      {.message_id = "m1", .body = "teapot"},
      {.message_id = "m2", .body = "tea cosy"},
  });
  fail_the_invocation(payload);
  answer_all_the_same(payload);
}
