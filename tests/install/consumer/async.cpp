// Coroutine handlers.

#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>
#include <iostream>

namespace bp = batchproof;

boost::asio::awaitable<void> handle(const bp::SqsRecord& record) {
  if (record.body().empty()) throw std::invalid_argument("an empty order");
  co_return;
}

int main() {
  const bp::AsyncBatchProcessor<bp::SqsRecord> processor;
  const auto response = bp::async_process_partial_response(
      R"({"Records": [{"messageId": "m1", "eventSource": "aws:sqs", "body": "teapot"},
                      {"messageId": "m2", "eventSource": "aws:sqs", "body": ""}]})",
      handle, processor);
  std::cout << response << '\n';
  return response == R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})" ? 0 : 1;
}
