// A queue that is subscribed to a topic.

#include <batchproof/envelopes.hpp>
#include <stdexcept>
#include <string>

namespace bp = batchproof;

int main() {
  const bp::BatchProcessor<bp::SqsRecord> processor;
  const auto handle = [](const bp::SnsMessage& message) {
    if (message.message() != "teapot") throw std::invalid_argument("not what the topic sent");
  };
  const std::string response = bp::process_partial_response(
      R"({"Records": [{"messageId": "m1", "eventSource": "aws:sqs", "body": "{\"Type\": \"Notification\", )"
      R"(\"TopicArn\": \"arn:aws:sns:eu-west-1:1:orders\", \"MessageId\": \"s1\", \"Message\": \"teapot\"}"}]})",
      bp::sns_message(handle), processor);
  return response == R"({"batchItemFailures":[]})" ? 0 : 1;
}
