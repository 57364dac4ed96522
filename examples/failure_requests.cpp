// A failure asks for a retry later, for the dead-letter queue, or to be dropped.

#include <iostream>

#include <batchproof/batch.hpp>

namespace bp = batchproof;
using namespace std::chrono_literals;

void handle_order(const bp::SqsRecord& record) {
  if (record.body() == "shop is busy") throw bp::RetryAfter(30s);
  if (record.body() == "no such customer") throw bp::DeadLetter("customer 7 does not exist");
  if (record.body() == "withdrawn") throw bp::Drop("the customer withdrew the order");
  if (record.body() == "broken") throw std::runtime_error("the shelf is empty");
}

// Stands for a queue. With libcurl, bp::aws::queue_actions makes such an object; with the AWS SDK, each
// function is a call of its SQS client.
const bp::QueueActions actions{
    .change_visibility =
        [](std::span<bp::VisibilityChange> changes) {
          for (const auto& change : changes)
            std::cout << change.record.message_id() << " comes back in " << change.delay.count() << " s\n";
        },
    .send_dead_letter =
        [](const bp::DeadLetterMessage& message) {
          std::cout << "dead letter: " << message.body << " (" << message.reason << ")\n";
        }};

const bp::BatchProcessor<bp::SqsRecord> processor{{.actions = actions}};

// Every failure comes back later each time: after 2 to 4 s, 4 to 8 s, up to 10 minutes.
const bp::BatchProcessor<bp::SqsRecord> patient{
    {.actions = {.change_visibility = actions.change_visibility, .backoff = bp::exponential(4s, 10min)}}};

int main() {
  const char* const payload = R"({"Records": [
    {"messageId": "m1", "eventSource": "aws:sqs", "body": "shop is busy"},
    {"messageId": "m2", "eventSource": "aws:sqs", "body": "no such customer"},
    {"messageId": "m3", "eventSource": "aws:sqs", "body": "withdrawn"},
    {"messageId": "m4", "eventSource": "aws:sqs", "body": "broken"}
  ]})";
  const auto event = bp::decode<bp::SqsRecord>(payload);
  const auto batch = processor.process(event, handle_order);
  for (const auto& message : batch.messages()) {
    std::cout << message.record.message_id()
              << (message.status == bp::Status::settled ? " is settled: " : " failed: ") << message.cause
              << '\n';
  }
  std::cout << batch.to_json() << '\n';
  static_cast<void>(patient.process(event, handle_order));
}
