// The sample function with idempotency, started as Lambda starts it, on a table and a queue.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/aws.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "npm_servers.hpp"
#include "output_of.hpp"

namespace batchproof::testing_servers {
namespace {

using Json = nlohmann::json;

TEST(SampleFunction, HandlesEachMessageOnceAndDeadLettersWhatItRefuses) {
  const ServerProcess sqs_server = start_sqs();
  const ServerProcess dynamodb_server = start_dynamodb();
  const aws::Client sqs(aws::Service::sqs, options_for(sqs_server));
  const aws::Client dynamodb(aws::Service::dynamodb, options_for(dynamodb_server));
  dynamodb.call("CreateTable", R"({"TableName":"handled","BillingMode":"PAY_PER_REQUEST",
      "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})");
  const std::string failed_orders =
      Json::parse(sqs.call("CreateQueue", R"({"QueueName":"failed_orders"})")).at("QueueUrl");
  const std::string command =
      "env -i AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=secret "
      "AWS_ENDPOINT_URL_SQS=" +
      sqs_server.url() + " AWS_ENDPOINT_URL_DYNAMODB=" + dynamodb_server.url() +
      " IDEMPOTENCY_TABLE=handled FAILED_ORDERS_URL=" + failed_orders +
      " BATCHPROOF_STAND_IN_EVENT=" BATCHPROOF_SOURCE_DIR
      "/fixtures/events/sample_orders/sqs.json " BATCHPROOF_SAMPLE_FUNCTION;
  const auto items = [&] {
    const Json answer = Json::parse(dynamodb.call("Scan", R"({"TableName":"handled"})"));
    std::vector<std::string> claims;  // a message that is handled again has another one
    for (const Json& item : answer.at("Items")) {
      EXPECT_EQ(item.at("status").at("S"), "COMPLETED");
      claims.push_back(item.at("id").at("S").get<std::string>() + " " +
                       item.at("claim").at("S").get<std::string>());
    }
    return claims;
  };

  EXPECT_EQ(output_of(command), "{\"batchItemFailures\":[]}\n");
  const auto handled = items();
  EXPECT_EQ(handled.size(), 3);
  const Json letters = Json::parse(sqs.call("ReceiveMessage", Json{{"QueueUrl", failed_orders}}.dump()));
  EXPECT_THAT(letters.at("Messages").at(0).at("Body").get<std::string>(), testing::HasSubstr("o-1003"));

  EXPECT_EQ(output_of(command), "{\"batchItemFailures\":[]}\n");  // the event is delivered again
  EXPECT_EQ(items(), handled);
}

}  // namespace
}  // namespace batchproof::testing_servers
