// Retries and dead letters of a real queue.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/aws.hpp>
#include <batchproof/batch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "npm_servers.hpp"

namespace batchproof::testing_servers {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

/// An SQS API with a FIFO queue, and another one for its dead letters.
class Queues {
 public:
  Queues() : source(create("orders.fifo")), dead(create("dead.fifo")) {}

  std::string create(const std::string& name) {
    return call("CreateQueue", {{"QueueName", name}, {"Attributes", {{"FifoQueue", "true"}}}}).at("QueueUrl");
  }

  Json call(const char* operation, const Json& request) {
    return Json::parse(client_.call(operation, request.dump()));
  }

  void send(const std::string& body, const std::string& group) {
    call("SendMessage", {{"QueueUrl", source},
                         {"MessageBody", body},
                         {"MessageGroupId", group},
                         {"MessageDeduplicationId", body},
                         {"MessageAttributes", {{"size", {{"DataType", "Number"}, {"StringValue", "7"}}}}}});
  }

  Json receive(const std::string& queue) {
    const Json answer = call("ReceiveMessage", {{"QueueUrl", queue},
                                                {"MaxNumberOfMessages", 10},
                                                {"AttributeNames", {"All"}},
                                                {"MessageAttributeNames", {"All"}}});
    return answer.value("Messages", Json::array());
  }

  /// What Lambda would make of received messages.
  static Json event_of(const Json& messages) {
    Json records = Json::array();
    for (const Json& message : messages) {
      Json attributes = Json::object();
      const Json sent = message.value("MessageAttributes", Json::object());
      for (const auto& [name, value] : sent.items())
        attributes[name] = {{"dataType", value.at("DataType")}, {"stringValue", value.at("StringValue")}};
      records.push_back({{"messageId", message.at("MessageId")},
                         {"receiptHandle", message.at("ReceiptHandle")},
                         {"body", message.at("Body")},
                         {"attributes", message.at("Attributes")},
                         {"messageAttributes", attributes},
                         {"eventSource", "aws:sqs"},
                         {"eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:orders.fifo"}});
    }
    return {{"Records", records}};
  }

  QueueActions actions(const std::string& dead_letter_queue_url) {
    return aws::queue_actions({.dead_letter_queue_url = dead_letter_queue_url,
                               .queue_url = source,
                               .client = options_for(server_)});
  }

 private:
  ServerProcess server_ = start_sqs();
  aws::Client client_{aws::Service::sqs, options_for(server_)};

 public:
  std::string source;
  std::string dead;
};

TEST(SqsServer, GivesAMessageBackThatAskedForARetry) {
  Queues queues;
  queues.send("teapot", "a");
  const auto event = decode<SqsRecord>(Queues::event_of(queues.receive(queues.source)).dump());
  ASSERT_EQ(event.size(), 1);
  EXPECT_THAT(queues.receive(queues.source), testing::IsEmpty());
  const SqsFifoPartialProcessor processor{
      {.raise_on_entire_batch_failure = false, .actions = queues.actions(queues.dead)}};
  const auto batch = processor.process(event, [](const SqsRecord&) { throw RetryAfter(0s); });
  EXPECT_EQ(batch.messages()[0].cause, "retry after 0 s");
  EXPECT_EQ(queues.receive(queues.source).size(), 1);
}

TEST(SqsServer, HasADeadLetterOnceAlsoWhenItIsSentAgain) {
  Queues queues;
  queues.send("teapot", "a");
  const auto event = decode<SqsRecord>(Queues::event_of(queues.receive(queues.source)).dump());
  const SqsFifoPartialProcessor processor{{.actions = queues.actions(queues.dead)}};
  for (int delivery = 0; delivery < 2; ++delivery) {
    const auto batch =
        processor.process(event, [](const SqsRecord&) { throw DeadLetter("no such customer"); });
    EXPECT_EQ(batch.messages()[0].status, Status::settled) << batch.messages()[0].cause;
  }
  const Json dead = queues.receive(queues.dead);
  ASSERT_EQ(dead.size(), 1);
  EXPECT_EQ(dead[0].at("Body"), "teapot");
  EXPECT_EQ(dead[0].at("Attributes").at("MessageGroupId"), "a");
  EXPECT_EQ(dead[0].at("MessageAttributes").at("size").at("StringValue"), "7");
  EXPECT_EQ(dead[0].at("MessageAttributes").at("DeadLetterReason").at("StringValue"), "no such customer");
}

TEST(SqsServer, FailsADeadLetterWhoseQueueDoesNotExist) {
  Queues queues;
  queues.send("teapot", "a");
  const auto event = decode<SqsRecord>(Queues::event_of(queues.receive(queues.source)).dump());
  const SqsFifoPartialProcessor processor{
      {.raise_on_entire_batch_failure = false, .actions = queues.actions(queues.dead + "-none.fifo")}};
  const auto batch = processor.process(event, [](const SqsRecord&) { throw DeadLetter("no such customer"); });
  EXPECT_EQ(batch.messages()[0].status, Status::failure);
  EXPECT_THAT(batch.messages()[0].cause, testing::HasSubstr("SQS SendMessage failed: QueueDoesNotExist"));
}

}  // namespace
}  // namespace batchproof::testing_servers
