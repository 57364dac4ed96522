#include <batchproof/sqs_record.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/errors.hpp>
#include <batchproof/event.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events.hpp"
#include "fault_of.hpp"

namespace batchproof {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;
using ::testing::HasSubstr;

Event<SqsRecord> event_with(const std::string& fields) {
  return decode<SqsRecord>(R"({"Records":[{"messageId":"1","eventSource":"aws:sqs")" + fields + "}]}");
}

template <class Access>
std::string fault_of(const std::string& fields, Access&& access) {
  return batchproof::fault_of(event_with(fields), access);
}

TEST(SqsRecord, HasEveryFieldOfAMessage) {
  const auto event = decode<SqsRecord>(R"({"Records":[{
      "messageId":"059f36b4-87a3-44ab-83d2-661975830a7d","receiptHandle":"AQEB\/wJn","body":"Test \"message\".",
      "attributes":{"ApproximateReceiveCount":"3"},"messageAttributes":{},
      "md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3","md5OfMessageAttributes":"00484c68","eventSource":"aws:sqs",
      "eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:my-queue","awsRegion":"us-east-2"}]})");
  const SqsRecord record = event.records()[0];
  EXPECT_EQ(record.message_id(), "059f36b4-87a3-44ab-83d2-661975830a7d");
  EXPECT_EQ(record.item_identifier(), record.message_id());
  EXPECT_EQ(record.receipt_handle(), "AQEB/wJn");
  EXPECT_EQ(record.body(), "Test \"message\".");
  EXPECT_EQ(record.attributes().approximate_receive_count(), 3U);
  EXPECT_TRUE(record.message_attributes().empty());
  EXPECT_EQ(record.md5_of_body(), "e4e68fb7bd0e697a0ae8f1bb342846b3");
  EXPECT_EQ(record.md5_of_message_attributes(), "00484c68");
  EXPECT_EQ(record.event_source(), "aws:sqs");
  EXPECT_EQ(record.event_source_arn(), "arn:aws:sqs:us-east-2:123456789012:my-queue");
  EXPECT_EQ(record.aws_region(), "us-east-2");
  EXPECT_EQ(record.index(), 0U);
}

TEST(SqsRecord, GivesTheSameBodyHoweverOftenItIsAsked) {
  const auto event = event_with(R"(,"body":"a\nb\u00e9","awsRegion":"x")");
  const SqsRecord record = event.records()[0];
  const std::string_view first = record.body();
  EXPECT_EQ(first, "a\nb\xC3\xA9");
  EXPECT_EQ(record.body(), first);
  EXPECT_EQ(record.body().data(), first.data());
  EXPECT_EQ(record.aws_region(), "x");
}

TEST(SqsRecord, KeepsItsBodyWhenThoseBesideItAreReadLater) {
  for (const std::size_t count : {2U, 10U, 40U, 200U}) {
    std::string payload = R"({"Records":[)";
    for (std::size_t index = 0; index < count; ++index) {
      std::string quotes;
      for (std::size_t quote = 0; quote <= index; ++quote) quotes += R"(\")";
      payload +=
          (index == 0 ? "" : ",") + (R"({"messageId":"1","eventSource":"aws:sqs","body":")" + quotes + "\"}");
    }
    const auto event = decode<SqsRecord>(payload + "]}");
    std::vector<std::string_view> bodies;
    for (std::size_t index = count; index-- > 0;) bodies.push_back(event.records()[index].body());
    for (const std::string_view body : bodies)
      EXPECT_EQ(body, std::string(body.size(), '"')) << "in a batch of " << count;
    EXPECT_EQ(bodies.back().size(), 1U);
    EXPECT_EQ(bodies.front().size(), count);
  }
}

TEST(SqsRecord, TakesAnEmptyBody) {
  const auto event = event_with(R"(,"body":"")");
  EXPECT_EQ(event.records()[0].body(), "");
}

TEST(SqsRecord, FindsItsFieldsInAnyOrder) {
  const auto event = decode<SqsRecord>(
      R"({"Records":[{"awsRegion":"r","body":"b","eventSource":"aws:sqs","attributes":{"SenderId":"s"},"messageId":"1"}]})");
  const SqsRecord record = event.records()[0];
  EXPECT_EQ(record.aws_region(), "r");
  EXPECT_EQ(record.body(), "b");
  EXPECT_EQ(record.attributes().sender_id(), "s");
}

TEST(SqsRecord, SaysWhichRequiredFieldIsMissing) {
  EXPECT_EQ(fault_of("", [](auto& record) { record.body(); }), "/Records/0/body");
  EXPECT_EQ(fault_of("", [](auto& record) { record.receipt_handle(); }), "/Records/0/receiptHandle");
  EXPECT_EQ(fault_of("", [](auto& record) { record.md5_of_body(); }), "/Records/0/md5OfBody");
  EXPECT_EQ(fault_of("", [](auto& record) { record.event_source_arn(); }), "/Records/0/eventSourceARN");
  EXPECT_EQ(fault_of("", [](auto& record) { record.aws_region(); }), "/Records/0/awsRegion");
}

TEST(SqsRecord, LeavesOutWhatAwsMayLeaveOut) {
  const auto event = event_with("");
  const SqsRecord record = event.records()[0];
  EXPECT_EQ(record.md5_of_message_attributes(), std::nullopt);
  EXPECT_EQ(record.message_group_id(), std::nullopt);
  EXPECT_EQ(record.attributes().sent_timestamp(), std::nullopt);
  EXPECT_TRUE(record.message_attributes().empty());
  EXPECT_FALSE(record.from_fifo_queue());
}

TEST(SqsRecord, RefusesABodyThatIsNoString) {
  for (const char* json : {"17", "null", "{}", "[]", "true", "nonsense", R"("\ud800")", R"("\q")"}) {
    EXPECT_EQ(fault_of(R"(,"body":)" + std::string(json), [](auto& record) { record.body(); }),
              "/Records/0/body")
        << json;
  }
}

TEST(SqsRecord, RefusesABodyThatOnlyEndsLikeAString) {
  EXPECT_EQ(fault_of(R"(,"body":true"text")", [](auto& record) { record.body(); }), "/Records/0/body");
}

TEST(SqsRecord, RefusesABadBodyAgainWhenAskedAgain) {
  const auto event = event_with(R"(,"body":"\q")");
  EXPECT_THROW(event.records()[0].body(), RecordError);
  EXPECT_THROW(event.records()[0].body(), RecordError);
}

TEST(SqsRecord, TellsAFifoQueueByItsArnAlone) {
  const auto from_fifo = [](const std::string& fields) {
    const auto event = event_with(fields);
    return event.records()[0].from_fifo_queue();
  };
  EXPECT_TRUE(from_fifo(R"(,"eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:orders.fifo")"));
  EXPECT_TRUE(from_fifo(R"(,"eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:orders\u002efifo")"));
  EXPECT_FALSE(from_fifo(R"(,"eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:orders")"));
  EXPECT_FALSE(from_fifo(R"(,"eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:orders.fifo.old")"));
  EXPECT_FALSE(from_fifo(R"(,"eventSourceARN":null)"));
  EXPECT_FALSE(from_fifo(R"(,"eventSourceARN":17)"));
  EXPECT_FALSE(from_fifo(R"(,"attributes":{"MessageGroupId":"tenant"})"));
}

TEST(SqsAttributes, HaveTypedAccessorsForEveryAttribute) {
  const auto event = event_with(R"(,"attributes":{
      "ApproximateReceiveCount":"12","SentTimestamp":"1545082649183","SenderId":"AIDAIENQZJOLO23YVJ4VO",
      "ApproximateFirstReceiveTimestamp":"1545082649185","SequenceNumber":"18849496460467696128",
      "MessageGroupId":"group \u2713","MessageDeduplicationId":"dedup","AWSTraceHeader":"Root=1-5759e988",
      "DeadLetterQueueSourceArn":"arn:aws:sqs:us-east-2:123456789012:source"})");
  const SqsAttributes attributes = event.records()[0].attributes();
  EXPECT_EQ(attributes.approximate_receive_count(), 12U);
  EXPECT_EQ(attributes.sent_timestamp(), system_clock::time_point(milliseconds(1545082649183)));
  EXPECT_EQ(attributes.sender_id(), "AIDAIENQZJOLO23YVJ4VO");
  EXPECT_EQ(attributes.approximate_first_receive_timestamp(),
            system_clock::time_point(milliseconds(1545082649185)));
  EXPECT_EQ(attributes.sequence_number(), "18849496460467696128");
  EXPECT_EQ(attributes.message_group_id(), "group \xE2\x9C\x93");
  EXPECT_EQ(attributes.message_deduplication_id(), "dedup");
  EXPECT_EQ(attributes.aws_trace_header(), "Root=1-5759e988");
  EXPECT_EQ(attributes.dead_letter_queue_source_arn(), "arn:aws:sqs:us-east-2:123456789012:source");
  EXPECT_EQ(event.records()[0].message_group_id(), attributes.message_group_id());
}

TEST(SqsAttributes, MayBeNull) {
  const auto event = event_with(R"(,"attributes":null,"messageAttributes":null)");
  const SqsRecord record = event.records()[0];
  EXPECT_EQ(record.attributes().approximate_receive_count(), std::nullopt);
  EXPECT_EQ(record.attributes().find("SenderId"), std::nullopt);
  EXPECT_EQ(record.message_group_id(), std::nullopt);
  EXPECT_TRUE(record.message_attributes().empty());
}

TEST(SqsAttributes, FindAnyAttributeByItsName) {
  const auto event =
      event_with(R"(,"attributes":{"SenderId":"me","New":"value","Esc\u0061ped":"too","Null":null})");
  const SqsAttributes attributes = event.records()[0].attributes();
  EXPECT_EQ(attributes.find("New"), "value");
  EXPECT_EQ(attributes.find("SenderId"), "me");
  EXPECT_EQ(attributes.find("Escaped"), "too");
  EXPECT_EQ(attributes.find("Null"), std::nullopt);
  EXPECT_EQ(attributes.find("Sender"), std::nullopt);
  EXPECT_EQ(attributes.find(""), std::nullopt);
  EXPECT_EQ(attributes.find(R"(SenderId":"me)"), std::nullopt);
}

TEST(SqsAttributes, AreFoundUnderNamesWithEscapes) {
  const auto event = event_with(
      R"(,"attributes":{"Approximate\u0052eceiveCount":"3","\u0053enderId":"me","Message\u0047roupId":"g"})");
  const SqsRecord record = event.records()[0];
  EXPECT_EQ(record.attributes().approximate_receive_count(), 3U);
  EXPECT_EQ(record.attributes().sender_id(), "me");
  EXPECT_EQ(record.attributes().find("SenderId"), "me");
  EXPECT_EQ(record.message_group_id(), "g");
  EXPECT_EQ(record.attributes().message_group_id(), "g");
}

TEST(SqsAttributes, ThatComeTwiceFailTheirRecordWithEscapesToo) {
  for (const char* twice : {R"("SenderId":"a","SenderId":"b")", R"("SenderId":"a","Sender\u0049d":"b")"}) {
    EXPECT_EQ(fault_of(R"(,"attributes":{)" + std::string(twice) + "}",
                       [](const SqsRecord& record) { record.attributes(); }),
              "/Records/0/attributes")
        << twice;
  }
}

TEST(SqsMessageAttributes, AreReadUnderNamesWithEscapes) {
  const auto event =
      event_with(R"(,"messageAttributes":{"tr\u0061ce":{"dat\u0061Type":"String","stringV\u0061lue":"x"}})");
  const auto attribute = event.records()[0].message_attribute("trace");
  ASSERT_TRUE(attribute);
  EXPECT_EQ(attribute->data_type(), "String");
  EXPECT_EQ(attribute->string_value(), "x");
}

TEST(SqsAttributes, RefuseWhatIsNoCount) {
  for (const char* json :
       {R"("")", R"("-1")", R"("1.5")", R"("99999999999999999999")", R"("1 ")", R"(" 1")", R"("0x1")", "3"}) {
    EXPECT_THAT(fault_of(R"(,"attributes":{"ApproximateReceiveCount":)" + std::string(json) + "}",
                         [](auto& record) { record.attributes().approximate_receive_count(); }),
                HasSubstr("/Records/0/attributes"))
        << json;
  }
}

TEST(SqsAttributes, TellANumberThatIsTooLargeFromWhatIsNoNumber) {
  const auto what = [](const std::string& count) -> std::string {
    const auto event = event_with(R"(,"attributes":{"ApproximateReceiveCount":)" + in_quotes(count) + "}");
    try {
      event.records()[0].attributes().approximate_receive_count();
    } catch (const RecordError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(what("99999999999999999999"), HasSubstr("out of range: 99999999999999999999"));
  EXPECT_THAT(what("nine"), HasSubstr("not a number of this type: nine"));
}

TEST(SqsAttributes, TakeEveryMomentThatAClockCanShow) {
  for (const std::int64_t count : {std::int64_t{0}, std::int64_t{9'223'372'036'854}}) {
    const auto event =
        event_with(R"(,"attributes":{"SentTimestamp":)" + in_quotes(std::to_string(count)) + "}");
    EXPECT_EQ(event.records()[0].attributes().sent_timestamp(),
              system_clock::time_point(milliseconds(count)));
  }
}

TEST(SqsAttributes, RefuseATimeThatNoClockCanShow) {
  for (const char* digits : {"-1", "9223372036854775807", "9223372036855", "9223372036854775808", "now"}) {
    EXPECT_EQ(fault_of(R"(,"attributes":{"SentTimestamp":)" + in_quotes(digits) + "}",
                       [](auto& record) { record.attributes().sent_timestamp(); }),
              "/Records/0/attributes/SentTimestamp")
        << digits;
  }
}

TEST(SqsAttributes, OfTheWrongShapeFailTheirRecordAlone) {
  for (const char* json : {"17", "[]", R"("text")", "true"}) {
    EXPECT_EQ(fault_of(R"(,"attributes":)" + std::string(json), [](auto& record) { record.attributes(); }),
              "/Records/0/attributes")
        << json;
  }
}

TEST(SqsMessageAttributes, KeepTheirOrderTypesAndValues) {
  const auto event = event_with(R"(,"messageAttributes":{
      "Title":{"stringValue":"The \"Whistler\"","dataType":"String","stringListValues":[],"binaryListValues":[]},
      "Weeks":{"stringValue":"6","dataType":"Number.int"},
      "Logo":{"binaryValue":"AAEC/w==","dataType":"Binary","stringValue":null}})");
  const auto attributes = event.records()[0].message_attributes();
  ASSERT_EQ(attributes.size(), 3U);
  EXPECT_EQ(attributes[0].name(), "Title");
  EXPECT_EQ(attributes[0].data_type(), "String");
  EXPECT_EQ(attributes[0].string_value(), "The \"Whistler\"");
  EXPECT_EQ(attributes[0].binary_value(), std::nullopt);
  EXPECT_EQ(attributes[1].data_type(), "Number.int");
  EXPECT_EQ(attributes[1].string_value(), "6");
  EXPECT_EQ(attributes[2].string_value(), std::nullopt);
  EXPECT_EQ(attributes[2].binary_value(), std::string_view("\0\1\2\xFF", 4));
}

TEST(SqsMessageAttributes, AreFoundByName) {
  const auto event =
      event_with(R"(,"messageAttributes":{"n\u00e9":{"stringValue":"v","dataType":"String"}})");
  const SqsRecord record = event.records()[0];
  ASSERT_TRUE(record.message_attribute("n\xC3\xA9"));
  EXPECT_EQ(record.message_attribute("n\xC3\xA9")->string_value(), "v");
  EXPECT_FALSE(record.message_attribute("other"));
}

TEST(SqsMessageAttributes, RefuseBadBase64) {
  EXPECT_EQ(fault_of(R"(,"messageAttributes":{"Logo":{"binaryValue":"?","dataType":"Binary"}})",
                     [](auto& record) { record.message_attributes()[0].binary_value(); }),
            "/Records/0/messageAttributes");
}

TEST(SqsMessageAttributes, NameTheirRecord) {
  const std::string bad = with(sqs_record("2"), R"("messageAttributes":{})",
                               R"("messageAttributes":{"Logo":{"binaryValue":"?","dataType":"Binary"}})");
  const auto event = decode<SqsRecord>(event_of({sqs_record("1"), bad}));
  try {
    event.records()[1].message_attributes()[0].binary_value();
    FAIL() << "was decoded";
  } catch (const RecordError& error) {
    EXPECT_EQ(error.json_pointer(), "/Records/1/messageAttributes");
  }
}

TEST(SqsMessageAttributes, OfTheWrongShapeFailTheirRecordAlone) {
  for (const char* json : {"17", "[]", R"({"a":17})", R"({"a":[]})"}) {
    EXPECT_EQ(fault_of(R"(,"messageAttributes":)" + std::string(json),
                       [](auto& record) { record.message_attributes(); }),
              "/Records/0/messageAttributes")
        << json;
  }
}

}  // namespace
}  // namespace batchproof
