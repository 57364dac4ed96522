// What becomes of a record whose store answers badly, or not at all: it fails, and says why; its handler does
// not run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/dynamodb_store.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <cstdlib>
#include <string>

#include "../aws/loopback_server.hpp"

namespace batchproof {
namespace {

using namespace std::chrono_literals;
using aws::LoopbackServer;
using ::testing::AllOf;
using ::testing::HasSubstr;

LoopbackServer::Answer refusal(const std::string& code, const std::string& status = "400 Bad Request",
                               const std::string& headers = "") {
  return {.status = status,
          .body = R"({"__type":"com.amazonaws.dynamodb.v20120810#)" + code + R"(","message":"as AWS says"})",
          .headers = headers};
}

aws::ClientOptions options_for(const LoopbackServer& server) {
  return {.region = "eu-west-1",
          .endpoint = server.url(),
          .credentials =
              [] {
                return aws::Credentials{"AKIDEXAMPLE", "secret", ""};
              },
          .time_limit = 20s,
          .wait = [](std::chrono::milliseconds) {}};
}

/// Why a record fails whose claim is answered so. Empty when it does not fail, or its handler runs.
std::string cause_by(const aws::ClientOptions& client, IdempotencyOptions options = {}) {
  DynamoDbStore store({.table = "handled", .client = client});
  bool has_run = false;
  const auto handler = idempotent([&](const SqsRecord&) { has_run = true; }, store, std::move(options));
  const auto event =
      decode<SqsRecord>(R"({"Records":[{"messageId":"m1","body":"teapot","eventSource":"aws:sqs"}]})");
  const BatchProcessor<SqsRecord> processor{{.raise_on_entire_batch_failure = false}};
  const auto batch = processor.process(event, handler);
  return has_run ? "" : batch.messages()[0].cause;
}

std::string cause_by(LoopbackServer::Answer answer) {
  LoopbackServer server(LoopbackServer::Answers{std::move(answer)});
  return cause_by(options_for(server));
}

TEST(BadAnswers, OfWrongCredentialsFailTheRecord) {
  EXPECT_THAT(cause_by(refusal("UnrecognizedClientException")),
              HasSubstr("DynamoDB PutItem failed: UnrecognizedClientException: as AWS says"));
}

TEST(BadAnswers, OfATableThatDoesNotExistFailTheRecord) {
  EXPECT_THAT(cause_by(refusal("ResourceNotFoundException")), HasSubstr("ResourceNotFoundException"));
}

TEST(BadAnswers, OfARoleThatMayNotFailTheRecord) {
  EXPECT_THAT(cause_by(refusal("AccessDeniedException")), HasSubstr("AccessDeniedException"));
}

TEST(BadAnswers, OfAThrottledTableFailTheRecord) {
  EXPECT_THAT(cause_by(refusal("ProvisionedThroughputExceededException")),
              HasSubstr("ProvisionedThroughputExceededException"));
}

TEST(BadAnswers, ThatAreNoJsonFailTheRecord) {
  EXPECT_THAT(cause_by({.body = "<html>Welcome</html>"}), HasSubstr("the answer is not a JSON object"));
}

TEST(BadAnswers, ToAClockThatIsAnHourOffFailTheRecord) {
  LoopbackServer server(LoopbackServer::Answers{
      refusal("InvalidSignatureException", "403 Forbidden", "Date: Sun, 30 Aug 2015 12:36:00 GMT\r\n")});
  aws::ClientOptions client = options_for(server);
  client.clock = [] { return std::chrono::system_clock::from_time_t(1'440'938'160) + 1h; };
  EXPECT_THAT(cause_by(client), HasSubstr("the clock here is 3600 s ahead of the service's"));
}

TEST(BadAnswers, ThatDoNotComeFailTheRecordWithinTheTimeLimitOfTheStore) {
  LoopbackServer server(LoopbackServer::Answers{{.is_given = false}});
  EXPECT_THAT(cause_by(options_for(server), {.store_time_limit = 30ms}),
              AllOf(HasSubstr("DynamoDB PutItem failed"), HasSubstr("timed out")));
}

TEST(BadAnswers, OfNobodyFailTheRecord) {
  std::string url;
  {
    LoopbackServer server(LoopbackServer::Answers{LoopbackServer::Answer{}});
    url = server.url();
  }
  EXPECT_THAT(cause_by({.region = "eu-west-1",
                        .endpoint = url,
                        .credentials =
                            [] {
                              return aws::Credentials{"A", "S", ""};
                            },
                        .wait = [](std::chrono::milliseconds) {}}),
              HasSubstr(url));
}

TEST(BadAnswers, AreNotAskedForWithoutARegionOrCredentials) {
  for (const char* const name : {"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID"}) unsetenv(name);
  EXPECT_THAT(cause_by(aws::ClientOptions{}), HasSubstr("DynamoDB PutItem failed: no region"));
  EXPECT_THAT(cause_by(aws::ClientOptions{.region = "eu-west-1"}),
              HasSubstr("no credentials: the environment variable AWS_ACCESS_KEY_ID is not set"));
}

}  // namespace
}  // namespace batchproof
