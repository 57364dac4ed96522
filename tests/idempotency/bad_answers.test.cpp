// A record whose store answers badly, or not at all, fails with the reason; its handler does
// not run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/idempotency/dynamodb_store.hpp>
#include <batchproof/idempotency/idempotent.hpp>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "claims.hpp"
#include "loopback_client.hpp"

namespace batchproof {
namespace {

using aws::LoopbackServer;
using std::chrono::steady_clock;
using ::testing::AllOf;
using ::testing::HasSubstr;

LoopbackServer::Answer refusal(const std::string& code, const std::string& status = "400 Bad Request",
                               const std::string& headers = "") {
  return {.status = status,
          .body = R"({"__type":"com.amazonaws.dynamodb.v20120810#)" + code + R"(","message":"as AWS says"})",
          .headers = headers};
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
  return cause_by(client_of(server));
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
  aws::ClientOptions client = client_of(server);
  client.clock = [] { return std::chrono::system_clock::from_time_t(1'440'938'160) + 1h; };
  EXPECT_THAT(cause_by(client), HasSubstr("the clock here is 3600 s ahead of the service's"));
}

TEST(BadAnswers, ThatDoNotComeFailTheRecordWithinTheTimeLimitOfTheStore) {
  LoopbackServer server(LoopbackServer::Answers{{.is_given = false}});
  EXPECT_THAT(cause_by(client_of(server), {.store_time_limit = 30ms}),
              AllOf(HasSubstr("DynamoDB PutItem failed"), HasSubstr("timed out")));
}

// A claim is two requests when the key is held. The first one is over after half of the time, and the second
// one begins when all of it has passed.
TEST(BadAnswers, ThatTakeTheTimeOfAClaimLeaveNoneForItsSecondRequest) {
  LoopbackServer server({refusal("ConditionalCheckFailedException"),
                         {.body = R"({"Item":{"status":{"S":"COMPLETED"},"data":{"S":"1"}}})"}});
  aws::ClientOptions client = client_of(server);
  constexpr std::chrono::milliseconds limit = 40ms;
  steady_clock::time_point begin;
  int requests = 0;
  client.credentials = [&] {  // each request asks for them
    const auto until = begin + ++requests * limit / 2;
    while (steady_clock::now() < until) std::this_thread::yield();
    return aws::Credentials{"AKIDEXAMPLE", "secret", ""};
  };
  DynamoDbStore store({.table = "handled", .client = client});
  begin = steady_clock::now();
  EXPECT_THROW(store.claim(claim_of("k", "t"), limit), aws::CallError);
  for (const auto& request : server.requests())
    EXPECT_EQ(request.headers.at("x-amz-target"), "DynamoDB_20120810.PutItem");
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
