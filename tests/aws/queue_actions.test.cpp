#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/aws.hpp>
#include <batchproof/batch.hpp>
#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "loopback_server.hpp"

namespace batchproof::aws {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using testing::HasSubstr;

const std::string fifo_queue = "http://127.0.0.1/123456789012/dead.fifo";

ClientOptions client_of(const LoopbackServer& server) {
  return {.region = "us-east-2",
          .endpoint = server.url(),
          .credentials =
              [] {
                return Credentials{"A", "S", ""};
              },
          .time_limit = 20s};
}

QueueActions actions_of(const LoopbackServer& server, const std::string& dead_letter_queue_url = fifo_queue) {
  return queue_actions({.dead_letter_queue_url = dead_letter_queue_url, .client = client_of(server)});
}

Json message(const std::string& id, Json attributes = Json::object(), const std::string& body = "teapot") {
  return {{"messageId", id},
          {"receiptHandle", "handle of " + id},
          {"body", body},
          {"attributes", {{"MessageGroupId", "customer 7"}}},
          {"messageAttributes", std::move(attributes)},
          {"eventSource", "aws:sqs"},
          {"eventSourceARN", "arn:aws:sqs:us-east-2:123456789012:orders"}};
}

Json event_of(const std::vector<Json>& messages) { return {{"Records", messages}}; }

/// Why each record of the event is a failure, if it is.
std::vector<std::string> causes_of(const Json& event, const QueueActions& actions,
                                   const FailureRequest& request) {
  const auto decoded = decode<SqsRecord>(event.dump());
  const BatchProcessor<SqsRecord> processor{{.raise_on_entire_batch_failure = false, .actions = actions}};
  const auto batch = processor.process(decoded, [&](const SqsRecord&) {
    if (const auto* const retry = dynamic_cast<const RetryAfter*>(&request)) throw *retry;
    throw DeadLetter(request.what());
  });
  std::vector<std::string> causes;
  for (const auto& processed : batch.messages())
    causes.push_back(processed.status == Status::settled ? "settled" : processed.cause);
  return causes;
}

TEST(DeadLetterMessage, HasBodyAttributesReasonGroupAndDeduplicationId) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"MessageId":"new"})"}});
  const Json attributes{{"size", {{"dataType", "Number.int"}, {"stringValue", "7"}}},
                        {"picture", {{"dataType", "Binary"}, {"binaryValue", "AAEC"}}},
                        {"DeadLetterReason", {{"dataType", "String"}, {"stringValue", "an older one"}}}};
  EXPECT_EQ(
      causes_of(event_of({message("m1", attributes)}), actions_of(server), DeadLetter("no\x01 \xff such")),
      std::vector<std::string>{"settled"});
  const Json expected{
      {"QueueUrl", fifo_queue},
      {"MessageBody", "teapot"},
      {"MessageGroupId", "customer 7"},
      {"MessageDeduplicationId", std::to_string(std::hash<std::string_view>{}("teapot")) + "-m1"},
      {"MessageAttributes",
       {{"size", {{"DataType", "Number.int"}, {"StringValue", "7"}}},
        {"picture", {{"DataType", "Binary"}, {"BinaryValue", "AAEC"}}},
        {"DeadLetterReason", {{"DataType", "String"}, {"StringValue", "no  \xEF\xBF\xBD such"}}}}}};
  EXPECT_EQ(Json::parse(server.requests().at(0).body), expected);
}

// Records of two clusters may have the same topic, partition and offset; SQS would drop the second one.
TEST(DeadLetterMessage, HasADeduplicationIdForItsIdentifierAndBodyWhichSqsAllows) {
  LoopbackServer server(LoopbackServer::Answers(4, {.body = R"({"MessageId":"new"})"}));
  const QueueActions actions = actions_of(server);
  const std::string identifier = R"({"partition":")" + std::string(249, 't') + R"(-0","offset":5})";
  for (const char* const body : {"of cluster A", "of cluster B", "of cluster A"})
    actions.send_dead_letter({.item_identifier = identifier, .body = body, .reason = "poison"});
  actions.send_dead_letter({.item_identifier = "6", .body = "of cluster A", .reason = "poison"});
  std::vector<std::string> ids;
  for (const auto& request : server.requests()) {
    const Json json = Json::parse(request.body);
    ids.push_back(json.at("MessageDeduplicationId"));
    EXPECT_LE(ids.back().size(), 128U);
    EXPECT_EQ(json.at("MessageGroupId"), ids.back());
  }
  ASSERT_EQ(ids.size(), 4U);
  EXPECT_EQ(ids[0], ids[2]);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_NE(ids[0], ids[3]);
}

TEST(DeadLetterMessage, HasNoGroupInAStandardQueue) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"MessageId":"new"})"}});
  causes_of(event_of({message("m1")}), actions_of(server, "http://127.0.0.1/1/dead"), DeadLetter("poison"));
  const Json request = Json::parse(server.requests().at(0).body);
  EXPECT_FALSE(request.contains("MessageGroupId"));
  EXPECT_FALSE(request.contains("MessageDeduplicationId"));
}

TEST(DeadLetterMessage, IsNotSentWithMoreAttributesThanAwsAllows) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"MessageId":"new"})"}});
  Json attributes;
  for (int number = 0; number < 10; ++number)
    attributes["a" + std::to_string(number)] = {{"dataType", "String"}, {"stringValue", "x"}};
  EXPECT_THAT(
      causes_of(event_of({message("m1", attributes)}), actions_of(server), DeadLetter("poison")).at(0),
      HasSubstr("poison; not sent to the dead-letter queue: the message has 10 attributes"));
  attributes.erase("a0");
  EXPECT_EQ(causes_of(event_of({message("m1", attributes)}), actions_of(server), DeadLetter("poison")).at(0),
            "settled");
  EXPECT_EQ(server.requests().size(), 1);
}

TEST(DeadLetterMessage, IsNotSentWhenItsReasonMakesItTooLarge) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"MessageId":"new"})"}});
  const std::string reason = "poison";
  const std::size_t room = (1U << 20U) - std::string("DeadLetterReasonString").size() - reason.size();
  EXPECT_EQ(causes_of(event_of({message("m1", Json::object(), std::string(room, 'x'))}), actions_of(server),
                      DeadLetter(reason))
                .at(0),
            "settled");
  EXPECT_THAT(causes_of(event_of({message("m1", Json::object(), std::string(room + 1, 'x'))}),
                        actions_of(server), DeadLetter(reason))
                  .at(0),
              HasSubstr("1048577 bytes with its attributes and its reason; AWS allows 1 MiB"));
}

TEST(DeadLetterMessage, CountsAsSentOnlyWhenTheQueueGaveItAnId) {
  LoopbackServer server(LoopbackServer::Answers{{.body = "{}"}});
  EXPECT_THAT(causes_of(event_of({message("m1")}), actions_of(server), DeadLetter("poison")).at(0),
              HasSubstr("the answer has no MessageId"));
}

TEST(VisibilityChanges, AreOneCallForTenMessages) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"Successful":[{"Id":"0"}]})"}});
  std::vector<Json> messages;
  for (int number = 0; number < 11; ++number) messages.push_back(message("m" + std::to_string(number)));
  QueueActions actions = actions_of(server);
  const auto event = decode<SqsRecord>(event_of(messages).dump());
  const BatchProcessor<SqsRecord> processor{{.raise_on_entire_batch_failure = false, .actions = actions}};
  const auto batch = processor.process(event, [](const SqsRecord&) { throw RetryAfter(30s); });
  ASSERT_EQ(server.requests().size(), 2);
  const Json request = Json::parse(server.requests()[0].body);
  EXPECT_EQ(server.requests()[0].headers.at("x-amz-target"), "AmazonSQS.ChangeMessageVisibilityBatch");
  EXPECT_EQ(request.at("QueueUrl"), "https://sqs.us-east-2.amazonaws.com/123456789012/orders");
  EXPECT_EQ(request.at("Entries").size(), 10);
  const Json last{{"Id", "9"}, {"ReceiptHandle", "handle of m9"}, {"VisibilityTimeout", 30}};
  EXPECT_EQ(request.at("Entries")[9], last);
  EXPECT_EQ(batch.messages()[0].cause, "retry after 30 s");
  EXPECT_THAT(batch.messages()[9].cause,
              HasSubstr("visibility not changed: the answer does not name the message"));
}

TEST(VisibilityChanges, SayWhichOfThemFailed) {
  LoopbackServer server(LoopbackServer::Answers{
      {.body =
           R"({"Successful":[{"Id":"0"},{"Id":"77"}],"Failed":[{"Id":"1","Code":"ReceiptHandleIsInvalid",)"
           R"("Message":"expired","SenderFault":true}]})"}});
  const auto causes = causes_of(event_of({message("m1"), message("m2")}), actions_of(server), RetryAfter(1s));
  EXPECT_EQ(causes[0], "retry after 1 s");
  EXPECT_EQ(causes[1], "retry after 1 s; visibility not changed: ReceiptHandleIsInvalid: expired");
}

TEST(VisibilityChanges, AreNotTriedFurtherWhenACallFails) {
  LoopbackServer server(LoopbackServer::Answers{
      {.status = "400 Bad Request",
       .body = R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"})"}});
  std::vector<Json> messages(25, message("m"));
  const auto causes = causes_of(event_of(messages), actions_of(server), RetryAfter(1s));
  EXPECT_EQ(server.requests().size(), 1);
  for (const std::string& cause : causes) EXPECT_THAT(cause, HasSubstr("QueueDoesNotExist: gone"));
}

TEST(VisibilityChanges, NeedAQueueThatTheirMessageNames) {
  LoopbackServer server(LoopbackServer::Answers{{}});
  Json odd = message("m1");
  odd["eventSourceARN"] = "arn:aws:sqs:us-east-2";
  EXPECT_THAT(causes_of(event_of({odd}), actions_of(server), RetryAfter(1s)).at(0),
              HasSubstr("not the ARN of a queue: arn:aws:sqs:us-east-2"));
}

TEST(VisibilityChanges, AreOfTheQueueInThePartitionOfItsRegion) {
  const std::vector<std::pair<std::string, std::string>> domains{{"us-gov-west-1", "amazonaws.com"},
                                                                 {"cn-north-1", "amazonaws.com.cn"},
                                                                 {"eusc-de-east-1", "amazonaws.eu"},
                                                                 {"us-iso-east-1", "c2s.ic.gov"},
                                                                 {"us-isob-east-1", "sc2s.sgov.gov"}};
  for (const auto& [region, domain] : domains) {
    LoopbackServer server(LoopbackServer::Answers{{}});
    Json one = message("m1");
    one["eventSourceARN"] = "arn:aws:sqs:" + region + ":1:q";
    causes_of(event_of({one}), actions_of(server), RetryAfter(1s));
    EXPECT_EQ(Json::parse(server.requests().at(0).body).at("QueueUrl"),
              "https://sqs." + region + "." + domain + "/1/q");
  }
}

TEST(VisibilityChanges, NeedNoQueueOfTheMessageWhenTheirQueueIsGiven) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"Successful":[{"Id":"0"},{"Id":"1"}]})"}});
  Json odd = message("m1");
  odd.erase("eventSourceARN");
  const std::string url = "https://sqs.us-east-2.amazonaws.com/1/q";
  const QueueActions actions = queue_actions({.queue_url = url, .client = client_of(server)});
  EXPECT_THAT(causes_of(event_of({odd, message("m2")}), actions, RetryAfter(1s)),
              testing::Each("retry after 1 s"));
  ASSERT_EQ(server.requests().size(), 1);
  EXPECT_EQ(Json::parse(server.requests()[0].body).at("QueueUrl"), url);
}

TEST(VisibilityChanges, AreMadeBesideAMessageWithoutAQueue) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"Successful":[{"Id":"0"},{"Id":"1"}]})"}});
  Json odd = message("m2");
  odd.erase("eventSourceARN");
  const auto causes =
      causes_of(event_of({message("m1"), odd, message("m3")}), actions_of(server), RetryAfter(1s));
  EXPECT_EQ(causes[0], "retry after 1 s");
  EXPECT_THAT(causes[1], HasSubstr("not the ARN of a queue"));
  EXPECT_EQ(causes[2], "retry after 1 s");
}

/// Why a message fails that asks for a retry, and one that asks for the dead-letter queue.
std::vector<std::string> causes_by(const ClientOptions& client) {
  const QueueActions actions =
      queue_actions({.dead_letter_queue_url = "http://127.0.0.1/1/dead", .client = client});
  const Json event = event_of({message("m1")});
  return {causes_of(event, actions, RetryAfter(30s)).at(0),
          causes_of(event, actions, DeadLetter("poison")).at(0)};
}

std::vector<std::string> causes_by(const LoopbackServer::Answer& answer,
                                   std::chrono::milliseconds time_limit = 20s) {
  LoopbackServer server(LoopbackServer::Answers{answer});
  return causes_by({.region = "us-east-2",
                    .endpoint = server.url(),
                    .credentials =
                        [] {
                          return Credentials{"A", "S", ""};
                        },
                    .time_limit = time_limit,
                    .clock = [] { return std::chrono::system_clock::from_time_t(1'440'938'160) + 1h; },
                    .wait = [](std::chrono::milliseconds) {}});
}

LoopbackServer::Answer refusal(const std::string& code, const std::string& headers = "") {
  return {.status = "400 Bad Request",
          .body = R"({"__type":"com.amazonaws.sqs#)" + code + R"(","message":"as AWS says"})",
          .headers = headers};
}

/// Neither request is met, and both messages say why.
void expect_failures(const std::vector<std::string>& causes, const std::string& reason) {
  EXPECT_THAT(causes, testing::ElementsAre(
                          testing::AllOf(testing::StartsWith("retry after 30 s; visibility not changed: "),
                                         HasSubstr(reason)),
                          testing::AllOf(testing::StartsWith("poison; not sent to the dead-letter queue: "),
                                         HasSubstr(reason))));
}

TEST(BadAnswersOfSqs, OfWrongCredentialsFailTheRecord) {
  expect_failures(causes_by(refusal("InvalidClientTokenId")), "InvalidClientTokenId: as AWS says");
}

TEST(BadAnswersOfSqs, OfAQueueThatDoesNotExistFailTheRecord) {
  expect_failures(causes_by(refusal("QueueDoesNotExist")), "QueueDoesNotExist: as AWS says");
}

TEST(BadAnswersOfSqs, OfAThrottledQueueFailTheRecord) {
  expect_failures(causes_by(refusal("RequestThrottled")), "RequestThrottled: as AWS says");
}

TEST(BadAnswersOfSqs, ThatAreNoJsonFailTheRecord) {
  expect_failures(causes_by({.body = "<html>Welcome</html>"}), "the answer is not a JSON object");
}

TEST(BadAnswersOfSqs, ToAClockThatIsAnHourOffFailTheRecord) {
  expect_failures(causes_by(refusal("InvalidSignatureException", "Date: Sun, 30 Aug 2015 12:36:00 GMT\r\n")),
                  "the clock here is 3600 s ahead of the service's");
}

TEST(BadAnswersOfSqs, ThatDoNotComeFailTheRecordWithinTheTimeLimitOfTheClient) {
  expect_failures(causes_by({.is_given = false}, 200ms), "timed out");
}

/// Why a message fails whose handler takes all of the time until the deadline, and then asks for this.
std::string cause_after_the_deadline(const LoopbackServer& server, const FailureRequest& request) {
  auto time = std::chrono::system_clock::from_time_t(1'800'000'000);
  const LambdaContext context{.deadline = time + 5s};
  const BatchProcessor<SqsRecord> processor{{.raise_on_entire_batch_failure = false,
                                             .clock = [&time] { return time; },
                                             .actions = actions_of(server)}};
  const auto event = decode<SqsRecord>(event_of({message("m1")}).dump());
  const auto batch = processor.process(
      event,
      [&](const SqsRecord&) {
        time += 5s;
        if (const auto* const retry = dynamic_cast<const RetryAfter*>(&request)) throw *retry;
        throw DeadLetter(request.what());
      },
      context);
  return batch.messages()[0].cause;
}

TEST(BadAnswersOfSqs, AreNotAskedForAfterTheDeadline) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"MessageId":"new"})"}});
  expect_failures({cause_after_the_deadline(server, RetryAfter(30s)),
                   cause_after_the_deadline(server, DeadLetter("poison"))},
                  "no time was left for it");
  EXPECT_EQ(server.requests().size(), 0);
}

TEST(BadAnswersOfSqs, ThatDoNotComeFailTheRecordBeforeTheDeadline) {
  LoopbackServer server(LoopbackServer::Answers{{.is_given = false}});
  const auto time = std::chrono::system_clock::from_time_t(1'800'000'000);
  const BatchProcessor<SqsRecord> processor{{.raise_on_entire_batch_failure = false,
                                             .reserve = 1ms,
                                             .clock = [time] { return time; },
                                             .actions = actions_of(server)}};
  const auto event = decode<SqsRecord>(event_of({message("m1"), message("m2")}).dump());
  const auto batch = processor.process(
      event,
      [](const SqsRecord& record) {
        if (record.message_id() == "m1") throw RetryAfter(30s);
        throw DeadLetter("poison");
      },
      LambdaContext{.deadline = time + 40ms});
  // As libcurl says it, after how long it gave up: the limit of the client is 20 s.
  const auto soon = testing::MatchesRegex(".*timed out after [0-9]?[0-9]?[0-9]?[0-9] milliseconds.*");
  EXPECT_THAT(batch.messages()[0].cause, soon);
  EXPECT_THAT(batch.messages()[1].cause, soon);
}

// Eleven messages are two calls. The first one is over after half of the time, and the second one begins when
// all of it has passed.
TEST(VisibilityChanges, ShareTheTimeUntilTheDeadlineAmongTheirCalls) {
  LoopbackServer server(LoopbackServer::Answers{{.body = R"({"Successful":[{"Id":"0"}]})"}});
  constexpr std::chrono::milliseconds limit = 40ms;
  std::optional<std::chrono::steady_clock::time_point> begin;
  int requests = 0;
  // Each request asks for credentials. When the first one does, the time runs already.
  const auto after_half_of_the_time = [&] {
    if (!begin) begin = std::chrono::steady_clock::now();
    const auto until = *begin + ++requests * limit / 2;
    while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
    return Credentials{"A", "S", ""};
  };
  const QueueActions actions = queue_actions({.client = {.region = "us-east-2",
                                                         .endpoint = server.url(),
                                                         .credentials = after_half_of_the_time,
                                                         .time_limit = 20s}});
  const auto event = decode<SqsRecord>(event_of(std::vector<Json>(11, message("m"))).dump());
  std::vector<VisibilityChange> changes;
  for (const SqsRecord& record : event.records())
    changes.push_back({.record = record, .delay = 30s, .time_limit = limit});
  actions.change_visibility(changes);
  EXPECT_LE(server.requests().size(), 1);
  EXPECT_THAT(changes.back().error,
              testing::AnyOf(HasSubstr("no time was left for it"), HasSubstr("timed out")));
}

TEST(BadAnswersOfSqs, AreNotAskedForWithoutARegionOrCredentials) {
  for (const char* const name : {"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID"}) unsetenv(name);
  expect_failures(causes_by(ClientOptions{}), "no region");
  expect_failures(causes_by(ClientOptions{.region = "us-east-2"}),
                  "the environment variable AWS_ACCESS_KEY_ID is not set");
}

}  // namespace
}  // namespace batchproof::aws
