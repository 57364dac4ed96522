#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/aws.hpp>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "loopback_server.hpp"

namespace batchproof::aws {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const LoopbackServer::Answer done{.body = R"({"MessageId":"m"})"};
const LoopbackServer::Answer throttled{
    .status = "400 Bad Request",
    .body = R"({"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"Rate exceeded"})"};
const LoopbackServer::Answer no_answer{.is_given = false};

/// A client of this server that does not wait between attempts, but notes how long it should.
ClientOptions options_for(const LoopbackServer& server,
                          std::vector<std::chrono::milliseconds>* waits = nullptr) {
  return {.region = "eu-west-1",
          .endpoint = server.url(),
          .credentials =
              [] {
                return Credentials{"AKIDEXAMPLE", "secret", "token"};
              },
          .time_limit = 20s,
          .wait =
              [waits](std::chrono::milliseconds time) {
                if (waits != nullptr) waits->push_back(time);
              }};
}

std::string error_of(const Client& client, const std::string& operation = "SendMessage") {
  try {
    client.call(operation, "{}");
  } catch (const CallError& error) {
    return error.what();
  }
  return "no error";
}

/// Environment variables as Lambda's, or missing; restored at the end.
class Environment {
 public:
  explicit Environment(const std::vector<std::pair<const char*, const char*>>& values) {
    for (const char* const name : names) unsetenv(name);
    for (const auto& [name, value] : values) setenv(name, value, 1);
  }
  ~Environment() {
    for (const char* const name : names) unsetenv(name);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  static constexpr const char* names[] = {"AWS_ACCESS_KEY_ID",   "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
                                          "AWS_REGION",          "AWS_DEFAULT_REGION",    "AWS_ENDPOINT_URL",
                                          "AWS_ENDPOINT_URL_SQS"};
};

TEST(AwsClient, SendsAnOperationAsJsonAndReturnsTheAnswer) {
  LoopbackServer server(LoopbackServer::Answers{done});
  const Client client(Service::sqs, options_for(server));
  EXPECT_EQ(client.call("SendMessage", R"({"QueueUrl":"q"})"), R"({"MessageId":"m"})");
  const ReceivedRequest request = server.requests().at(0);
  EXPECT_EQ(request.body, R"({"QueueUrl":"q"})");
  EXPECT_EQ(request.headers.at("x-amz-target"), "AmazonSQS.SendMessage");
  EXPECT_EQ(request.headers.at("content-type"), "application/x-amz-json-1.0");
  EXPECT_EQ(request.headers.at("x-amz-security-token"), "token");
  EXPECT_THAT(
      request.headers.at("authorization"),
      AllOf(HasSubstr("/eu-west-1/sqs/aws4_request"),
            HasSubstr("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target")));
}

TEST(AwsClient, TakesRegionCredentialsAndEndpointFromTheEnvironment) {
  LoopbackServer server(LoopbackServer::Answers{done});
  const Environment environment({{"AWS_ACCESS_KEY_ID", "ASIAEXAMPLE"},
                                 {"AWS_SECRET_ACCESS_KEY", "secret"},
                                 {"AWS_REGION", "ap-southeast-2"},
                                 {"AWS_ENDPOINT_URL_SQS", server.url().c_str()}});
  const Client client(Service::sqs);
  client.call("SendMessage", "{}");
  const ReceivedRequest request = server.requests().at(0);
  EXPECT_THAT(request.headers.at("authorization"), HasSubstr("Credential=ASIAEXAMPLE/"));
  EXPECT_THAT(request.headers.at("authorization"), HasSubstr("/ap-southeast-2/sqs/"));
  EXPECT_FALSE(request.headers.contains("x-amz-security-token"));
}

TEST(AwsClient, NamesTheVariableThatIsMissing) {
  {
    const Environment environment({{"AWS_ACCESS_KEY_ID", "A"}, {"AWS_SECRET_ACCESS_KEY", "S"}});
    EXPECT_THAT(error_of(Client(Service::sqs)),
                HasSubstr("SQS SendMessage failed: no region: set .region, or "
                          "the environment variable AWS_REGION"));
  }
  const Environment environment({{"AWS_REGION", "eu-west-1"}, {"AWS_ACCESS_KEY_ID", "A"}});
  EXPECT_THROW(Client(Service::sqs).call("SendMessage", "{}"), ConfigurationError);
  EXPECT_THAT(error_of(Client(Service::sqs)), HasSubstr("AWS_SECRET_ACCESS_KEY is not set"));
}

TEST(AwsClient, KeepsItsConnectionAlsoAfterAnErrorOfTheService) {
  LoopbackServer server(
      {done, {.status = "400 Bad Request", .body = R"({"__type":"a#QueueDoesNotExist"})"}, done});
  const Client client(Service::sqs, options_for(server));
  client.call("SendMessage", "{}");
  error_of(client);
  client.call("SendMessage", "{}");
  for (const ReceivedRequest& request : server.requests()) EXPECT_EQ(request.connection, 1);
}

TEST(AwsClient, TriesAgainWhenItIsThrottled) {
  LoopbackServer server(
      LoopbackServer::Answers{throttled, {.status = "503 Service Unavailable", .body = ""}, done});
  std::vector<std::chrono::milliseconds> waits;
  const Client client(Service::dynamodb, options_for(server, &waits));
  EXPECT_EQ(client.call("PutItem", "{}"), done.body);
  EXPECT_EQ(server.requests().size(), 3);
  ASSERT_EQ(waits.size(), 2);
  EXPECT_LE(waits[0], 50ms);
  EXPECT_LE(waits[1], 100ms);
}

// That 20 waits are equal by chance is less likely than 1 to 10^30.
TEST(AwsClient, WaitsADifferentTimeBeforeEachAttempt) {
  LoopbackServer server(LoopbackServer::Answers{throttled});
  std::vector<std::chrono::milliseconds> waits;
  ClientOptions options = options_for(server, &waits);
  options.attempts = 2;
  const Client client(Service::dynamodb, options);
  for (int call = 0; call < 20; ++call) error_of(client, "PutItem");
  ASSERT_EQ(waits.size(), 20);
  EXPECT_THAT(waits, testing::Each(testing::AllOf(testing::Ge(0ms), testing::Le(50ms))));
  EXPECT_THAT(waits, testing::Contains(testing::Ne(waits[0])));
}

TEST(AwsClient, GivesUpAfterItsAttempts) {
  LoopbackServer server(LoopbackServer::Answers{throttled});
  const Client client(Service::dynamodb, options_for(server));
  EXPECT_THAT(error_of(client, "PutItem"),
              HasSubstr("DynamoDB PutItem failed: ThrottlingException: Rate exceeded (HTTP 400"));
  EXPECT_EQ(server.requests().size(), 3);
}

TEST(AwsClient, NamesTheErrorOfTheServiceWhenNoTimeIsLeftForAnotherAttempt) {
  LoopbackServer server(LoopbackServer::Answers{throttled});
  ClientOptions options = options_for(server);
  options.attempts = 1'000'000;
  options.time_limit = 1s;  // soon shorter than the next wait, which is at most a second
  EXPECT_THAT(error_of(Client(Service::dynamodb, options), "PutItem"), HasSubstr("Rate exceeded"));
  EXPECT_GT(server.requests().size(), 1);
}

TEST(AwsClient, DoesNotRepeatACallThatTheServiceRefused) {
  LoopbackServer server(
      {{.status = "400 Bad Request",
        .body = R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no such queue"})",
        .headers = "x-amzn-RequestId: 4f1c\r\n"}});
  const Client client(Service::sqs, options_for(server));
  try {
    client.call("SendMessage", "{}");
    FAIL() << "nothing was thrown";
  } catch (const ServiceError& error) {
    EXPECT_EQ(error.code(), "QueueDoesNotExist");
    EXPECT_EQ(error.request_id(), "4f1c");
    EXPECT_EQ(error.http_status(), 400);
    EXPECT_EQ(std::string(error.what()),
              "SQS SendMessage failed: QueueDoesNotExist: no such queue (HTTP 400, "
              "request 4f1c, " +
                  server.url() + ", region eu-west-1)");
  }
  EXPECT_EQ(server.requests().size(), 1);
}

TEST(AwsClient, TakesNoOtherAnswerForSuccess) {
  for (const char* const body : {"<html>Welcome</html>", " ", "[]", "\"{\"", "{\"MessageId\":", "null"}) {
    LoopbackServer server(LoopbackServer::Answers{{.body = body}});
    EXPECT_THAT(error_of(Client(Service::sqs, options_for(server))),
                HasSubstr("the answer is not a JSON object"))
        << body;
  }
}

TEST(AwsClient, TakesTheEmptyAnswerOfAnOperationOfSqsThatReturnsNothing) {
  LoopbackServer server(LoopbackServer::Answers{{.body = ""}});
  EXPECT_EQ(Client(Service::sqs, options_for(server)).call("DeleteMessage", "{}"), "{}");
  EXPECT_THAT(error_of(Client(Service::dynamodb, options_for(server)), "PutItem"),
              HasSubstr("the answer is not a JSON object"));
}

TEST(AwsClient, SaysWhenAnErrorHasNoCode) {
  LoopbackServer server(LoopbackServer::Answers{{.status = "403 Forbidden", .body = "<html></html>"}});
  EXPECT_THAT(error_of(Client(Service::sqs, options_for(server))),
              HasSubstr("an error without a code (HTTP 403"));
  LoopbackServer null_code(
      LoopbackServer::Answers{{.status = "403 Forbidden", .body = R"({"__type":null,"message":7})"}});
  EXPECT_THAT(error_of(Client(Service::sqs, options_for(null_code))),
              HasSubstr("an error without a code (HTTP 403"));
}

TEST(AwsClient, DoesNotRepeatACallWhoseAnswerIsLost) {
  LoopbackServer server(LoopbackServer::Answers{{.is_lost = true}, done});
  EXPECT_THAT(error_of(Client(Service::sqs, options_for(server))),
              AllOf(HasSubstr("SQS SendMessage failed: "), HasSubstr(server.url())));
  EXPECT_EQ(server.requests().size(), 1);
}

TEST(AwsClient, DoesNotRepeatACallWhoseAnswerIsLostOnAKeptConnection) {
  LoopbackServer server(LoopbackServer::Answers{done, {.is_lost = true}, done});
  const Client client(Service::sqs, options_for(server));
  client.call("SendMessage", "{}");
  EXPECT_THAT(error_of(client),
              AllOf(HasSubstr("SQS SendMessage failed: Server returned nothing"), HasSubstr(server.url())));
  ASSERT_EQ(server.requests().size(), 2);
  EXPECT_EQ(server.requests()[1].connection, 1);
  EXPECT_EQ(client.call("SendMessage", "{}"), done.body);
}

TEST(AwsClient, ConnectsAnewWhenItsConnectionWasClosedWhileItWasIdle) {
  LoopbackServer::Answer closing = done;
  closing.closes = true;
  LoopbackServer server(LoopbackServer::Answers{closing, closing, done});
  std::vector<std::chrono::milliseconds> waits;
  const Client client(Service::sqs, options_for(server, &waits));
  for (int call = 1; call <= 3; ++call) {
    EXPECT_EQ(client.call("SendMessage", "{}"), done.body);
    while (call < 3 && server.closed() < call) std::this_thread::yield();
  }
  EXPECT_EQ(server.requests().size(), 3);
  EXPECT_TRUE(waits.empty());
}

TEST(AwsClient, GivesUpAServerThatHangs) {
  LoopbackServer server(LoopbackServer::Answers{no_answer});
  const Client client(Service::sqs, options_for(server));
  try {
    client.call("SendMessage", "{}", 20ms);
    FAIL() << "nothing was thrown";
  } catch (const CallError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("SQS SendMessage failed: "), HasSubstr("timed out"),
                                    HasSubstr(server.url())));
  }
}

TEST(AwsClient, TriesAgainWhereNobodyListens) {
  std::string url;
  {
    LoopbackServer server(LoopbackServer::Answers{done});
    url = server.url();
  }
  std::vector<std::chrono::milliseconds> waits;
  ClientOptions options{.region = "eu-west-1",
                        .endpoint = url,
                        .credentials =
                            [] {
                              return Credentials{"A", "S", ""};
                            },
                        .time_limit = 20s,
                        .wait = [&](std::chrono::milliseconds time) { waits.push_back(time); }};
  EXPECT_THAT(error_of(Client(Service::sqs, options)), HasSubstr(url));
  EXPECT_EQ(waits.size(), 2);
}

TEST(AwsClient, SaysThatItsClockIsWrong) {
  LoopbackServer server(LoopbackServer::Answers{
      {.status = "403 Forbidden",
       .body = R"({"__type":"a#InvalidSignatureException","message":"Signature expired"})",
       .headers = "Date: Sun, 30 Aug 2015 12:36:00 GMT\r\n"}});
  ClientOptions options = options_for(server);
  const auto date = std::chrono::system_clock::from_time_t(1'440'938'160);
  options.clock = [date] { return date - 1h; };
  EXPECT_THAT(error_of(Client(Service::sqs, options)),
              AllOf(HasSubstr("InvalidSignatureException: Signature expired"),
                    HasSubstr("the clock here is 3600 s behind the service's")));
  options.clock = [date] { return date + 4min; };
  EXPECT_THAT(error_of(Client(Service::sqs, options)), testing::Not(HasSubstr("the clock")));
}

TEST(AwsClient, SendsABodyOfAMegabyte) {
  LoopbackServer server(LoopbackServer::Answers{done});
  const Client client(Service::sqs, options_for(server));
  const std::string body = R"({"MessageBody":")" + std::string(2'000'000, 'x') + R"("})";
  client.call("SendMessage", body);
  EXPECT_EQ(server.requests().at(0).body, body);
}

}  // namespace
}  // namespace batchproof::aws
