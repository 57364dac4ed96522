// Beside without_library.cpp: a function that handles each message once, by a table of DynamoDB, and sends
// what it cannot handle to a dead-letter queue.

#include <batchproof/aws.hpp>
#include <batchproof/batch.hpp>
#include <batchproof/idempotency/dynamodb_store.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <chrono>
#include <iostream>
#include <iterator>
#include <string>

int main() {
  namespace bp = batchproof;
  const std::string payload{std::istreambuf_iterator<char>(std::cin), {}};
  const bp::aws::ClientOptions client{.attempts = 1};
  bp::DynamoDbStore store({.table = "handled_orders", .client = client});
  const auto handler = bp::idempotent(
      [](const bp::SqsRecord& record) {
        if (record.body().empty()) throw bp::DeadLetter("empty");
        return std::string(record.body());
      },
      store);
  const bp::BatchProcessor<bp::SqsRecord> processor(
      {.raise_on_entire_batch_failure = false,
       .max_concurrency = 8,
       .actions = bp::aws::queue_actions(
           {.dead_letter_queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/failed_orders",
            .backoff = bp::exponential(std::chrono::seconds(10), std::chrono::minutes(15)),
            .client = client})});
  std::cout << bp::process_partial_response(payload, handler, processor);
}
