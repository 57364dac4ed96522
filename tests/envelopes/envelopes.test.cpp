#include <batchproof/envelopes.hpp>

#include <gmock/gmock.h>
#include <zlib.h>

#include <batchproof/fixtures/aggregated_data.hpp>
#include <batchproof/json.hpp>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "envelope_events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;

const std::string s3_created =
    R"({"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2020-01-01T00:00:00.000Z",)"
    R"("eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"orders","arn":"arn:aws:s3:::orders"},"object":)"
    R"({"key":"2020/a+b%2Bc%C3%A9.json","size":12,"eTag":"e1","sequencer":"0A1B"}}}]})";

std::string sns_envelope(const std::string& message) {
  return nlohmann::json{{"Type", "Notification"},
                        {"MessageId", "s1"},
                        {"TopicArn", "arn:topic"},
                        {"Message", message},
                        {"Timestamp", "2020-01-01T00:00:00.000Z"},
                        {"MessageAttributes", {{"kind", {{"Type", "String"}, {"Value", "big"}}}}}}
      .dump();
}

TEST(SnsMessage, IsTakenOutOfItsEnvelope) {
  int handled = 0;
  const auto note = [&](const SnsMessage& message, const SqsRecord& record) {
    ++handled;
    EXPECT_EQ(message.message(), "hello");
    EXPECT_FALSE(message.is_raw());
    EXPECT_THAT(message.topic_arn(), Optional(std::string_view("arn:topic")));
    EXPECT_THAT(message.message_id(), Optional(std::string_view("s1")));
    EXPECT_FALSE(message.subject());
    ASSERT_EQ(message.attributes().size(), 1U);
    EXPECT_EQ(message.attributes()[0].value, "big");
    EXPECT_EQ(record.message_id(), "m1");
  };
  EXPECT_EQ(failure_of_body(sns_envelope("hello"), sns_message(note)), "");
  EXPECT_EQ(handled, 1);
}

TEST(SnsMessage, IsTheBodyWhereItCameRaw) {
  for (const std::string body : {"hello", "{}", R"({"Type":"Notification"})", ""}) {
    EXPECT_EQ(failure_of_body(body, sns_message([&](const SnsMessage& message) {
                                EXPECT_TRUE(message.is_raw());
                                EXPECT_EQ(message.message(), body);
                              })),
              "");
  }
}

// A copy of so deep a tree would overflow the stack.
TEST(SnsMessage, IsTakenOutOfAnEnvelopeThatIsNestedDeep) {
  constexpr std::size_t deep = 120'000;
  const std::string text = R"({"Type":"Notification","TopicArn":"x","Message":"hello","X":)" +
                           std::string(deep, '[') + std::string(deep, ']') + "}";
  EXPECT_EQ(read_sns_message(text).message(), "hello");
  const std::string with_more = std::string(text) + std::string("\0{}", 3);
  EXPECT_EQ(read_sns_message(with_more).message(), with_more);
}

TEST(SnsMessage, ComposesWithTypedAndWithOtherEnvelopes) {
  const auto refuse = [](const Order& order) {
    if (order.quantity < 1) throw std::invalid_argument("quantity must be at least 1");
  };
  EXPECT_EQ(failure_of_body(sns_envelope(R"({"quantity":2})"), sns_message(typed<Order>(refuse))), "");
  EXPECT_EQ(failure_of_body(sns_envelope(R"({"quantity":0})"), sns_message(typed<Order>(refuse))),
            "the SNS message: quantity must be at least 1");
  std::vector<std::string> keys;
  const auto note = [&](const S3Notification& object) { keys.emplace_back(object.key()); };
  EXPECT_EQ(failure_of_body(sns_envelope(s3_created), sns_message(s3_notification(note))), "");
  EXPECT_THAT(keys, ElementsAre("2020/a b+c\xC3\xA9.json"));
  EXPECT_THAT(failure_of_body(sns_envelope("no"), sns_message(s3_notification(note))),
              HasSubstr("the SNS message: Message is not an S3 notification: not JSON"));
}

struct RecordOutcome {
  Status status = Status::failure;
  std::string cause;
  std::exception_ptr exception;
};

/// The outcome of the one record of an event.
template <class Record, class Handler>
RecordOutcome outcome_of(const std::string& event_text, Handler&& handler) {
  const BatchProcessor<Record> processor({.raise_on_entire_batch_failure = false});
  const auto event = decode<Record>(event_text);
  const auto batch = processor.process(event, handler);
  const auto& message = batch.messages()[0];
  return {message.status, message.cause, message.exception};
}

TEST(InnerRecords, AskForTheirRecordWhereItHoldsNoOther) {
  const auto drop = [](const auto&) { throw Drop("obsolete"); };
  const auto retry = [](const auto&) { throw RetryAfter(std::chrono::seconds(30)); };
  const std::string one = fixtures::sqs_event({{.message_id = "m1", .body = sns_envelope(s3_created)}});
  EXPECT_EQ(outcome_of<SqsRecord>(one, sns_message(s3_notification(drop))).status, Status::settled);
  const std::string two = fixtures::kinesis_event(
      {{.sequence_number = "7", .data = fixtures::aggregated_data({{.data = "a"}, {.data = "b"}})}});
  EXPECT_EQ(outcome_of<KinesisStreamRecord>(two, user_records(drop)).status, Status::settled);
  const auto dead_letter = [](const auto&) { throw DeadLetter("no such customer"); };
  const RecordOutcome refused = outcome_of<KinesisStreamRecord>(two, user_records(dead_letter));
  EXPECT_EQ(refused.status, Status::failure);
  EXPECT_EQ(refused.cause, "user record 0: no such customer");
  const RecordOutcome retried = outcome_of<KinesisStreamRecord>(two, user_records(retry));
  EXPECT_THROW(std::rethrow_exception(retried.exception), RetryAfter);
}

TEST(InnerRecords, ThatAreDroppedAreDoneAndTheOthersAreHandled) {
  const std::string three = fixtures::kinesis_event(
      {{.sequence_number = "7",
        .data = fixtures::aggregated_data({{.data = "a"}, {.data = "b"}, {.data = "c"}})}});
  std::string handled;
  const auto drop_b = [&](const UserRecord& record) {
    if (record.data() == "b") throw Drop("obsolete");
    handled += record.data();
  };
  EXPECT_EQ(outcome_of<KinesisStreamRecord>(three, user_records(drop_b)).status, Status::success);
  EXPECT_EQ(handled, "ac");
  const auto fail_c = [&](const UserRecord& record) {
    if (record.data() == "b") throw Drop("obsolete");
    if (record.data() == "c") throw std::runtime_error("no stock");
  };
  EXPECT_EQ(outcome_of<KinesisStreamRecord>(three, user_records(fail_c)).cause, "user record 2: no stock");
}

TEST(S3Notification, HasTheObjectAndItsDecodedKey) {
  int handled = 0;
  EXPECT_EQ(failure_of_body(s3_created, s3_notification([&](const S3Notification& object) {
                              ++handled;
                              EXPECT_EQ(object.event_name(), "ObjectCreated:Put");
                              EXPECT_EQ(object.event_time(), "2020-01-01T00:00:00.000Z");
                              EXPECT_EQ(object.bucket(), "orders");
                              EXPECT_THAT(object.size_bytes(), Optional(12U));
                              EXPECT_THAT(object.e_tag(), Optional(std::string_view("e1")));
                              EXPECT_FALSE(object.version_id());
                            })),
            "");
  EXPECT_EQ(handled, 1);
}

TEST(S3Notification, AcceptsTheTestEventAndRefusesOtherBodies) {
  const auto note = [](const S3Notification&) { ADD_FAILURE(); };
  EXPECT_EQ(failure_of_body(R"({"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"})",
                            s3_notification(note)),
            "");
  for (const std::string body : {"x", "[]", "{}", R"({"Records":[{"eventSource":"aws:sns"}]})",
                                 R"({"Records":7})", R"({"Records":null})", R"({"Records":{}})",
                                 R"({"Records":[{"eventVersion":"3.0","eventSource":"aws:s3"}]})"}) {
    EXPECT_THAT(failure_of_body(body, s3_notification(note)), HasSubstr("body is not an S3 notification: "))
        << body;
  }
  const std::string cut =
      R"({"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"})" + std::string("\0{}", 3);
  EXPECT_THAT([&] { read_s3_notifications("body", cut); },
              ::testing::ThrowsMessage<std::runtime_error>(HasSubstr("not JSON")));
  for (const char* size : {"1e30", "-1", "\"7\""}) {
    std::string bad_size = s3_created;
    const std::size_t place = bad_size.find("\"size\":") + 7;
    bad_size.replace(place, bad_size.find_first_of(",}", place) - place, size);
    EXPECT_THAT(failure_of_body(bad_size, s3_notification(note)),
                HasSubstr("\"size\" is not a number of bytes"));
  }
  std::string bad_key = s3_created;
  bad_key.replace(bad_key.find("%2B"), 3, "%2X");
  EXPECT_THAT(failure_of_body(bad_key, s3_notification(note)), HasSubstr("is not an encoded key"));
}

TEST(S3Notification, NamesTheMemberThatIsWrong) {
  const auto failure_with = [](const std::string& old_text, const std::string& new_text) {
    std::string body = s3_created;
    body.replace(body.find(old_text), old_text.size(), new_text);
    return failure_of_body(body, s3_notification([](const S3Notification&) { ADD_FAILURE(); }));
  };
  EXPECT_EQ(failure_with("Records", "records"), "body is not an S3 notification: \"Records\" is missing");
  EXPECT_THAT(failure_with("\"eventName\":", "\"x\":"), HasSubstr("\"eventName\" is missing"));
  EXPECT_THAT(failure_with("\"ObjectCreated:Put\"", "7"), HasSubstr("\"eventName\" is not a string"));
  EXPECT_THAT(failure_with("\"e1\"", "[]"), HasSubstr("\"eTag\" is not a string"));
  EXPECT_THAT(failure_with("\"s3\":{", "\"s3\":[],\"x\":{"), HasSubstr("\"s3\" is not an object"));
  EXPECT_THAT(failure_with("\"Records\":[", "\"Records\":[7,"),
              HasSubstr("\"Records\" is not a list of objects"));
}

TEST(EventBridgeEvent, HasItsDetailAsItIsWritten) {
  const std::string body =
      R"({"version":"0","id":"i","detail-type":"Order Placed","source":"shop","account":"1",)"
      R"("time":"2020-01-01T00:00:00Z","region":"eu-west-1","resources":["r1"],"replay-name":"again",)"
      R"("detail":{"quantity": 12345678901234567890123}})";
  int handled = 0;
  EXPECT_EQ(failure_of_body(body, eventbridge_event([&](const EventBridgeEvent& event) {
                              ++handled;
                              EXPECT_EQ(event.detail_type(), "Order Placed");
                              EXPECT_EQ(event.source(), "shop");
                              EXPECT_THAT(event.resources(), ElementsAre("r1"));
                              EXPECT_THAT(event.replay_name(), Optional(std::string_view("again")));
                              EXPECT_EQ(event.detail(), R"({"quantity": 12345678901234567890123})");
                            })),
            "");
  EXPECT_EQ(handled, 1);
  for (const std::string other :
       {"x", "{}", R"({"detail-type":"a","source":"b"})", R"({"detail-type":7,"source":"b"})",
        R"({"detail-type":"a","source":"b","detail":[]})",
        R"({"detail-type":"a","source":"b","id":7,"detail":{}})"}) {
    EXPECT_THAT(failure_of_body(other, eventbridge_event([](const EventBridgeEvent&) {})),
                HasSubstr("body is not an EventBridge event: "))
        << other;
  }
}

TEST(EventBridgeEvent, HasItsDetailAlsoBehindAByteOrderMarkOrAnEscapedName) {
  for (const std::string body : {"\xEF\xBB\xBF"
                                 R"({"detail-type":"a","source":"b","detail":{"q":1}})",
                                 R"({"detail-type":"a","source":"b","det\u0061il":{"q":1}})",
                                 R"({"detail":{"q":0},"detail-type":"a","source":"b","detail":{"q":1}})"}) {
    std::string detail;
    EXPECT_EQ(failure_of_body(
                  body, eventbridge_event([&](const EventBridgeEvent& event) { detail = event.detail(); })),
              "")
        << body;
    EXPECT_EQ(detail, R"({"q":1})") << body;
  }
}

TEST(EventBridgeEvent, SaysWhatIsWrongWithItsDetail) {
  const auto failure = [](const std::string& detail) {
    return failure_of_body(R"({"detail-type":"a","source":"b")" + detail + "}",
                           eventbridge_event([](const EventBridgeEvent&) {}));
  };
  EXPECT_THAT(failure(""), HasSubstr("\"detail\" is missing"));
  EXPECT_THAT(failure(R"(,"detail":"{}")"), HasSubstr("\"detail\" is not an object"));
  EXPECT_THAT(failure(R"(,"time":7,"detail":{})"), HasSubstr("\"time\" is not a string"));
  EXPECT_THAT(failure(R"(,"resources":[7],"detail":{})"),
              HasSubstr("\"resources\" is not a list of strings"));
  EXPECT_EQ(failure(R"(,"resources":null,"replay-name":null,"detail":{})"), "");
  EXPECT_THAT(failure(R"(,"detail":7,"detail":{})"), HasSubstr("body is not an EventBridge event: "));
}

TEST(EventBridgeEvent, HasNothingBehindANullByte) {
  const std::string cut = R"({"detail-type":"a","source":"b","detail":{}})" + std::string("\0}", 2);
  EXPECT_THAT(failure_of_body(cut, eventbridge_event([](const EventBridgeEvent&) {})), HasSubstr("not JSON"));
}

TEST(EventBridgeEvent, MayBeTyped) {
  const std::string body = R"({"id":"i","detail-type":"a","source":"b","detail":{"quantity":2}})";
  int quantity = 0;
  EXPECT_EQ(failure_of_body(body, eventbridge_event(
                                      typed<Order>([&](const Order& order) { quantity = order.quantity; }))),
            "");
  EXPECT_EQ(quantity, 2);
}

std::string compressed(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  deflate(&stream, Z_FINISH);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

const std::string two_log_events =
    R"({"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":["f"],)"
    R"("logEvents":[{"id":"1","timestamp":1510109208016,"message":"first"},{"id":"2","timestamp":1,"message":"second"}]})";

TEST(CloudWatchLogs, AreHandledEventByEvent) {
  std::vector<std::string> seen;
  const auto note = [&](const LogEvent& event) {
    EXPECT_EQ(event.log_group(), "g");
    EXPECT_THAT(event.subscription_filters(), ElementsAre("f"));
    seen.emplace_back(event.message());
    if (event.message() == "second") throw std::runtime_error("refused");
  };
  EXPECT_EQ(failure_of_data(compressed(two_log_events), cloudwatch_logs(note)), "log event 1: refused");
  EXPECT_THAT(seen, ElementsAre("first", "second"));
}

TEST(CloudWatchLogs, AcceptAMessageThatTestsTheDestination) {
  const auto note = [](const LogEvent&) { ADD_FAILURE(); };
  EXPECT_EQ(
      failure_of_data(compressed(R"({"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"",)"
                                 R"("logStream":"","subscriptionFilters":[],"logEvents":[]})"),
                      cloudwatch_logs(note)),
      "");
}

std::string with_timestamp(const std::string& number) {
  std::string text = two_log_events;
  const std::string first = "1510109208016";
  return text.replace(text.find(first), first.size(), number);
}

TEST(CloudWatchLogs, FailWhatIsTooLargeCutOffOrNoneOfThem) {
  const auto note = [](const LogEvent&) { ADD_FAILURE(); };
  const std::string good = compressed(two_log_events);
  for (const auto& [data, cause] : std::vector<std::pair<std::string, std::string>>{
           {"plain", "it is not compressed by gzip"},
           {"", "its compressed data ends too early"},
           {good.substr(0, good.size() / 2), "its compressed data ends too early"},
           {good + "more", "other data follows the compressed data"},
           {compressed("x"), "its text is not JSON"},
           {compressed(with_timestamp("1e30")), "\"timestamp\" is not a time in milliseconds"},
           {compressed(with_timestamp("-1")), "\"timestamp\" is not a time in milliseconds"},
           {compressed(with_timestamp("9223372036855")), "\"timestamp\" is not a time in milliseconds"},
           {compressed("{}"), "\"messageType\" is missing"},
           {compressed(with_timestamp("1,\"id\":7")), "\"id\" is not a string"},
           {compressed(R"({"messageType":"OTHER"})"), "the message type OTHER is not known"},
           {compressed(R"({"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s",)"
                       R"("subscriptionFilters":[],"logEvents":null})"),
            "\"logEvents\" is not a list"}}) {
    EXPECT_THAT(failure_of_data(data, cloudwatch_logs(note)), HasSubstr(cause));
  }
  EXPECT_THAT(failure_of_data(compressed(std::string(300'000, ' ')),
                              cloudwatch_logs(note, {.largest_bytes = 200'000})),
              HasSubstr("it holds more than 200000 bytes"));
}

const std::string item_change =
    R"({"awsRegion":"us-east-1","eventID":"e1","eventName":"INSERT","userIdentity":null,"recordFormat":"application/json",)"
    R"("tableName":"orders","dynamodb":{"ApproximateCreationDateTime":1636714940000,"Keys":{"Id":{"N":"101"}},)"
    R"("NewImage":{"quantity":{"N":"2"}},"SizeBytes":26},"eventSource":"aws:dynamodb"})";

TEST(DynamoDbChangeInKinesis, ReadsAsARecordOfDynamoDbStreams) {
  int handled = 0;
  EXPECT_EQ(failure_of_data(item_change, dynamodb_change([&](const TableChange& change) {
                              ++handled;
                              EXPECT_EQ(change.kind(), ChangeKind::insert);
                              EXPECT_THAT(change.table_name(), Optional(std::string_view("orders")));
                              EXPECT_EQ(change.new_image()->at("quantity").as_number().to_int64(), 2);
                              EXPECT_EQ(change.sequence_number(), "7");
                              EXPECT_EQ(change.approximate_creation_date_time()->time_since_epoch(),
                                        std::chrono::milliseconds(1636714940000));
                            })),
            "");
  EXPECT_EQ(failure_of_data(item_change, dynamodb_change([&](const DynamoDbRecord&) { ++handled; })), "");
  EXPECT_EQ(failure_of_data(item_change, dynamodb_change(typed<Order>([&](const Change<Order>& change) {
                              ++handled;
                              EXPECT_EQ(change.new_image->quantity, 2);
                            }))),
            "");
  EXPECT_EQ(handled, 3);
}

TEST(DynamoDbChangeInKinesis, HasTheSequenceNumberOfItsRecordBehindAPipeToo) {
  const fixtures::KinesisMessage message{.sequence_number = "7", .data = item_change, .of_pipe = true};
  const auto event = decode<KinesisStreamRecord>('[' + fixtures::to_case_record(message).json + ']');
  EXPECT_NE(event.records()[0].item_identifier(), "7");
  const BatchProcessor<KinesisStreamRecord> processor;
  const auto batch =
      processor.process(event, dynamodb_change([&](const TableChange& change) {
                          EXPECT_EQ(change.sequence_number(), "7");
                          EXPECT_EQ(change.item_identifier(), event.records()[0].item_identifier());
                        }));
  EXPECT_EQ(batch.messages()[0].cause, "");
}

TEST(DynamoDbChangeInKinesis, NamesThePlaceOfAnErrorInTheData) {
  std::string data = item_change;
  data.replace(data.find("INSERT"), 6, "CREATE");
  EXPECT_THAT(failure_of_data(data, dynamodb_change([](const TableChange& change) { change.kind(); })),
              HasSubstr("/Records/0/kinesis/data/eventName: INSERT, MODIFY or REMOVE expected"));
}

TEST(DynamoDbChangeInKinesis, FailsOtherData) {
  for (const std::string data : {"x", "[]", "{}", R"({"eventSource":"aws:s3","dynamodb":{}})",
                                 "{\"eventSource\":", R"({"eventSource":"aws:dynamodb"})",
                                 R"({"eventSource":"aws:dynamodb","dynamodb":null})"}) {
    EXPECT_THAT(failure_of_data(data, dynamodb_change([](const DynamoDbRecord&) { ADD_FAILURE(); })),
                HasSubstr("kinesis/data is not a change of a DynamoDB item: "))
        << data;
  }
}

}  // namespace
}  // namespace batchproof
