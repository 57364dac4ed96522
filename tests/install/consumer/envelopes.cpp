// A queue that is subscribed to a topic.

#include <batchproof/envelopes.hpp>
#include <iostream>

namespace bp = batchproof;

int main() {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  const auto handle = [](const bp::SnsMessage& message) { std::cout << message.message() << '\n'; };
  const std::string response = bp::process_partial_response(
      R"({"Records": [{"messageId": "m1", "eventSource": "aws:sqs",
                       "body": "{\"Type\": \"Notification\", \"Message\": \"teapot\"}"}]})",
      bp::sns_message(handle), processor);
  return response == R"({"batchItemFailures":[]})" ? 0 : 1;
}
