// The processor library alone.

#include <batchproof/batch.hpp>
#include <iostream>

namespace bp = batchproof;

int main() {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  const auto response = bp::process_partial_response(
      R"({"Records": [{"messageId": "m1", "eventSource": "aws:sqs", "body": "teapot"},
                      {"messageId": "m2", "eventSource": "aws:sqs", "body": ""}]})",
      [](const bp::SqsRecord& record) {
        if (record.body().empty()) throw std::invalid_argument("an empty order");
      },
      processor);
  std::cout << response << '\n';
  try {
    bp::decode<bp::SqsRecord>("{}");
    return 1;
  } catch (const bp::EventError& error) {  // also where a shared library threw it
    std::cout << error.what() << '\n';
  }
  return response == R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})" ? 0 : 1;
}
