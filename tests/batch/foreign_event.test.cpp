#include <gmock/gmock.h>

#include <batchproof/batch.hpp>
#include <batchproof/detail/foreign_event.hpp>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace batchproof {
namespace {

using namespace std::string_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Foreign {
  const char* name;
  std::string event;
  const char* described;  ///< a part of the description
  const char* place = "/Records";

  friend void PrintTo(const Foreign& foreign, std::ostream* stream) { *stream << foreign.name; }
};

constexpr const char* first_source = "/Records/0/eventSource";

/// Events that other services send, and what becomes of ours on its way.
std::vector<Foreign> foreign_events() {
  return {
      {"Sns", R"({"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{"Message":"hi"}}]})",
       "an Amazon SNS notification: SNS reads no partial batch response; subscribe an SQS queue",
       first_source},
      {"SnsEnvelope", R"({"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"hi"})",
       "the envelope of an Amazon SNS message"},
      {"S3", R"({"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","s3":{}}]})",
       "an Amazon S3 event notification", first_source},
      {"S3Test", R"({"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"})",
       "the test event that Amazon S3 sends"},
      {"S3Batch", R"({"invocationSchemaVersion":"1.0","invocationId":"i","job":{},"tasks":[]})",
       "an Amazon S3 Batch Operations task"},
      {"Ses", R"({"Records":[{"eventSource":"aws:ses","eventVersion":"1.0","ses":{}}]})",
       "a mail that Amazon SES received", first_source},
      {"ActiveMq", R"({"eventSource":"aws:mq","messages":[]})", "Amazon MQ, from an ActiveMQ broker"},
      {"ActiveMqOfSamples", R"({"eventSource":"aws:amq","messages":[]})",
       "Amazon MQ, from an ActiveMQ broker"},
      {"RabbitMq", R"({"eventSource":"aws:rmq","rmqMessagesByQueue":{}})",
       "Amazon MQ, from a RabbitMQ broker"},
      {"DocumentDb", R"({"eventSource":"aws:docdb","events":[]})", "an Amazon DocumentDB change event"},
      {"Msk", R"({"eventSource":"aws:kafka","records":{"t-0":[]}})",
       "an event of Apache Kafka: use BatchProcessor<KafkaRecord>"},
      {"Kafka", R"({"eventSource":"SelfManagedKafka","records":{"t-0":[]}})",
       "an event of Apache Kafka: use BatchProcessor<KafkaRecord>"},
      {"Firehose", R"({"invocationId":"i","deliveryStreamArn":"arn","records":[]})",
       "an Amazon Data Firehose transformation"},
      {"EventBridge", R"({"version":"0","detail-type":"X","source":"s","detail":{}})",
       "an Amazon EventBridge event"},
      {"CloudWatchLogs", R"({"awslogs":{"data":"H4s="}})", "an Amazon CloudWatch Logs subscription"},
      {"StepFunctions", R"({"orderId":17,"customer":{"name":"x"}})",
       "a plain object with the fields \"orderId\", \"customer\", such as the input of a Step Functions "
       "state"},
      {"Nothing", "{}", "an empty object"},
      {"ReceiveMessage", R"({"Messages":[{"MessageId":"m","Body":"{}"}]})", "SQS's ReceiveMessage"},
      {"RestApi", R"({"resource":"/","httpMethod":"POST","requestContext":{},"body":"{}"})",
       "an HTTP request from an Amazon API Gateway REST API"},
      {"HttpApi", R"({"version":"2.0","routeKey":"$default","rawPath":"/","requestContext":{"http":{}}})",
       "an HTTP request from an Amazon API Gateway HTTP API"},
      {"WebSocket", R"({"requestContext":{"connectionId":"c","eventType":"MESSAGE"},"body":""})",
       "an HTTP request from an Amazon API Gateway WebSocket API"},
      {"LoadBalancer", R"({"requestContext":{"elb":{}},"httpMethod":"GET","path":"/"})",
       "an HTTP request from an Application Load Balancer"},
      {"FunctionUrl",
       R"({"rawPath":"/","requestContext":{"domainName":"x.lambda-url.eu-west-1.on.aws","http":{}}})",
       "an HTTP request from a Lambda function URL"},
      {"OnFailure", R"({"requestContext":{"condition":"x"},"KinesisBatchInfo":{"shardId":"s"}})",
       "an invocation record of an on-failure destination"},
      {"Response", R"({"batchItemFailures":[]})", "a response, not an event"},
      {"List", "[1, 2]", "a list whose first element is not a record of an event source", "/0"},
      {"ListOfOthers", R"([{"id": 1}])", "a list whose first element is not a record", "/0/eventSource"},
      {"OneRecord", R"({"messageId":"m1","body":"","eventSource":"aws:sqs"})",
       "one record of aws:sqs outside of its list"},
      {"OneRecordOfAStream", R"({"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"1"}})",
       "one record of aws:kinesis outside of its list"},
      {"OneMessageWithoutSource", R"({"messageId":"m1","body":""})", "one record of aws:sqs"},
      {"PascalCase", R"({"Records":[{"MessageId":"m1","Body":"","EventSource":"aws:sqs"}]})",
       "a record whose names another program has changed, \"EventSource\" for \"eventSource\"", first_source},
      {"PascalCaseWithoutSource", R"({"Records":[{"MessageId":"m1","Body":""}]})",
       "a message as SQS's ReceiveMessage gives it", first_source},
      {"SmallRecords", R"({"records":[{"messageId":"m1","eventSource":"aws:sqs"}]})",
       "an object whose list is called \"records\""},
      {"ByteOrderMark", "\xEF\xBB\xBF{\"Records\":[]}", "UTF-8 after a byte order mark", ""},
      {"Utf16", "\xFF\xFE{\0\"\0}\0"s, "UTF-16: convert it to UTF-8", ""},
      {"Utf16BigEndian", "\xFE\xFF\0{\0}"s, "UTF-16: convert it to UTF-8", ""},
      {"Utf16WithoutMark", "{\0\"\0}\0"s, "UTF-16: convert it to UTF-8", ""},
      {"Utf32", "\xFF\xFE\0\0{\0\0\0}\0\0\0"s, "UTF-32: convert it to UTF-8", ""},
      {"Gzip", "\x1F\x8B\x08\0\0"s, "compressed by gzip", ""},
      {"Base64", "eyJSZWNvcmRzIjpbXX0=", "JSON in base64", ""},
      {"EncodedTwice", R"("{\"Records\":[]}")", "an event that was encoded twice", ""},
      {"Null", "null", "invoked without a payload", ""},
  };
}

class ForeignEvents : public ::testing::TestWithParam<Foreign> {};

TEST_P(ForeignEvents, AreRefusedByName) {
  const Foreign& foreign = GetParam();
  for (const auto decode_it : {+[](const std::string& event) { decode<SqsRecord>(event); },
                               +[](const std::string& event) { decode<KinesisStreamRecord>(event); },
                               +[](const std::string& event) { decode<DynamoDbRecord>(event); }}) {
    try {
      decode_it(foreign.event);
      ADD_FAILURE() << "not refused";
    } catch (const EventError& error) {
      EXPECT_THAT(error.what(), HasSubstr("; this is "));
      EXPECT_THAT(error.what(), HasSubstr(foreign.described));
      EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      EXPECT_EQ(error.json_pointer(), foreign.place);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ForeignEvents, ::testing::ValuesIn(foreign_events()),
                         [](const auto& test) { return test.param.name; });

/// Why the event is refused; empty when it is not.
template <class Record>
std::string refusal_of(const std::string& event) {
  try {
    decode<Record>(event);
  } catch (const EventError& error) {
    return error.what();
  }
  return "";
}

/// Services that read no partial answer. Each error names the page of AWS that says so.
TEST(ForeignEvent, IsRefusedWithThePageThatSaysWhy) {
  const std::string asynchronous = "\"Invoking Lambda with events from other AWS services\"";
  for (const auto& [event, page] : std::vector<std::pair<std::string, std::string>>{
           {R"({"Records":[{"EventSource":"aws:sns","Sns":{}}]})", asynchronous},
           {R"({"Records":[{"eventSource":"aws:s3","s3":{}}]})", asynchronous},
           {R"({"Records":[{"eventSource":"aws:ses","ses":{}}]})", asynchronous},
           {R"({"eventSource":"aws:mq","messages":[]})", "\"Using Lambda with Amazon MQ\""},
           {R"({"eventSource":"aws:rmq","rmqMessagesByQueue":{}})", "\"Using Lambda with Amazon MQ\""},
           {R"({"eventSource":"aws:docdb","events":[]})", "\"Using AWS Lambda with change streams\""},
           {R"({"deliveryStreamArn":"arn","records":[]})",
            "\"Required parameters for data transformation\""}}) {
    EXPECT_THAT(refusal_of<SqsRecord>(event), HasSubstr(page));
    EXPECT_THAT(refusal_of<KinesisStreamRecord>(event), HasSubstr(page));
    EXPECT_THAT(refusal_of<DynamoDbRecord>(event), HasSubstr(page));
    EXPECT_THAT(refusal_of<KafkaRecord>(event), HasSubstr(page));
  }
}

std::string refusal_of(const std::string& event) {
  try {
    decode<SqsRecord>(event);
  } catch (const EventError& error) {
    return error.what();
  }
  return "";
}

TEST(ForeignEvent, IsNamedAtItsPlaceInAMixedBatch) {
  const std::string ours = R"({"messageId":"m0","eventSource":"aws:sqs"})";
  EXPECT_THAT(
      refusal_of(R"({"Records":[)" + ours + R"(,{"eventSource":"aws:s3"}]})"),
      AllOf(HasSubstr("/Records/1/eventSource: this record is from \"aws:s3\", but the processor is for "
                      "\"aws:sqs\"; this is an Amazon S3 event notification")));
}

TEST(ForeignEvent, MayHaveAnySourceInItsName) {
  EXPECT_THAT(refusal_of(R"({"Records":[{"messageId":"m1","eventSource":"a; b"}]})"),
              HasSubstr("this record is from \"a; b\", but the processor is for \"aws:sqs\""));
  const std::string event = R"({"eventSource":"a; b","awslogs":{},"records":{}})";
  EXPECT_THAT(refusal_of<KafkaRecord>(event),
              HasSubstr("this event is from \"a; b\", but the processor is for Kafka; this is"));
}

TEST(ForeignEvent, IsNotWhatIsOursAndDamaged) {
  for (const char* event :
       {R"({"Records":[{"messageId":"m1",)", R"({"Records":[{"eventSource":"aws:sqs"}]})",
        R"({"Records":[{"messageId":"m1","eventSource":"aws:kinesis"}]})", R"({"Records":[17]})",
        R"({"Records":17})", "hello", "", "{", "[", "[}", "{\"a\""}) {
    EXPECT_THAT(refusal_of(event), AllOf(Not(""), Not(HasSubstr("this is")))) << event;
  }
}

TEST(ForeignEvent, IsDescribedWhateverItsBytes) {
  for (const std::string& event : {std::string(100'000, '['), std::string(100'000, '{'), "{\"\xFF\":1}"s,
                                   "{\"a\":[}"s, std::string("\0", 1)})
    EXPECT_EQ(detail::describe_foreign_event(event), "") << event.substr(0, 20);
}

}  // namespace
}  // namespace batchproof
