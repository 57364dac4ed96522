#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/aws.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "npm_servers.hpp"

namespace batchproof::testing_servers {
namespace {

using Json = nlohmann::json;

std::string code_of(const aws::Client& client, const char* operation, const Json& request) {
  try {
    client.call(operation, request.dump());
  } catch (const aws::ServiceError& error) {
    return error.code();
  }
  return "no error";
}

TEST(SqsServer, TakesAMessageAndGivesItBack) {
  const ServerProcess server = start_sqs();
  const aws::Client client(aws::Service::sqs, options_for(server));
  const Json queue = Json::parse(client.call("CreateQueue", R"({"QueueName":"orders"})"));
  const Json url = queue.at("QueueUrl");
  client.call("SendMessage", Json{{"QueueUrl", url}, {"MessageBody", "two tea pots"}}.dump());
  const Json received = Json::parse(client.call("ReceiveMessage", Json{{"QueueUrl", url}}.dump()));
  EXPECT_EQ(received.at("Messages").at(0).at("Body"), "two tea pots");
}

TEST(SqsServer, SaysByAwsCodeThatThereIsNoSuchQueue) {
  const ServerProcess server = start_sqs();
  const aws::Client client(aws::Service::sqs, options_for(server));
  EXPECT_EQ(code_of(client, "SendMessage",
                    {{"QueueUrl", server.url() + "/000000000000/none"}, {"MessageBody", "a"}}),
            "QueueDoesNotExist");
}

TEST(DynamoDbServer, SaysByAwsCodeThatThereIsNoSuchTable) {
  const ServerProcess server = start_dynamodb();
  const aws::Client client(aws::Service::dynamodb, options_for(server));
  EXPECT_EQ(code_of(client, "GetItem", {{"TableName", "none"}, {"Key", {{"id", {{"S", "a"}}}}}}),
            "ResourceNotFoundException");
}

}  // namespace
}  // namespace batchproof::testing_servers
