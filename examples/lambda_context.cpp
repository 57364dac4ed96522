// A handler that checks the clock: it starts no work that it has no time to finish.

#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;
using namespace std::chrono_literals;

void handle_order(const bp::SqsRecord& record, const bp::LambdaContext& context) {
  if (context.remaining_time().value_or(15min) < 2s) throw std::runtime_error("no time left");
  std::cout << context.request_id << " handles " << record.body() << '\n';
}

const bp::BatchProcessor<bp::SqsRecord> processor;

std::string handle_event(std::string_view payload, const bp::LambdaContext& context) {
  return bp::process_partial_response(payload, handle_order, processor, context);
}

int main() {
  const std::string payload = bp::fixtures::sqs_event({{.message_id = "m1", .body = "teapot"}});
  const auto now = std::chrono::system_clock::now();
  std::cout << handle_event(payload, {.request_id = "8f50", .deadline = now + 10min}) << '\n';
  try {
    handle_event(payload, {.request_id = "8f51", .deadline = now + 1s});
  } catch (const bp::BatchProcessingError& error) {
    std::cout << error.what() << '\n';
  }
}
