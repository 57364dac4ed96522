// No record is started when the deadline is near; a running handler gets a stop token.

#include <atomic>
#include <batchproof/fixtures/events.hpp>
#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;
using namespace std::chrono_literals;

// Tests need not wait: this clock advances with the work.
const std::chrono::system_clock::time_point noon{12h};
std::atomic<int> milliseconds_passed = 0;

void count_a_shelf() { milliseconds_passed += 100; }

void count_stock(const bp::SqsRecord& record, const bp::LambdaContext& context) {
  for (int shelf = 1; shelf <= std::stoi(std::string(record.body())); ++shelf) {
    if (context.stop_token().stop_requested())
      throw std::runtime_error("stopped before shelf " + std::to_string(shelf));
    count_a_shelf();
  }
}

const bp::BatchProcessor<bp::SqsRecord> processor{
    {.reserve = 300ms, .clock = [] { return noon + milliseconds_passed.load() * 1ms; }}};

std::string handle_event(std::string_view payload, const bp::LambdaContext& context) {
  const auto event = bp::decode<bp::SqsRecord>(payload);
  const auto batch = processor.process(event, count_stock, context);
  for (const auto& message : batch.messages())
    std::cout << message.record.message_id() << ": " << (message.cause.empty() ? "done" : message.cause)
              << '\n';
  return batch.to_json();
}

int main() {
  const std::string payload = bp::fixtures::sqs_event({{.message_id = "m1", .body = "4"},
                                                       {.message_id = "m2", .body = "9"},
                                                       {.message_id = "m3", .body = "1"}});
  std::cout << handle_event(payload, {.deadline = noon + 1s}) << '\n';
}
