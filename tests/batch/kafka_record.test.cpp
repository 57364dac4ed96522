#include <batchproof/kafka_record.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "events.hpp"
#include "fault_of.hpp"

namespace batchproof {
namespace {

using ::testing::IsEmpty;
using ::testing::Optional;

Event<KafkaRecord> event_with(std::string_view old_text, std::string_view new_text) {
  return decode<KafkaRecord>(orders_0({with(kafka_record(16), old_text, new_text)}));
}

TEST(KafkaRecord, HasEveryFieldOfARecordAsAwsSendsIt) {
  const auto event = decode<KafkaRecord>(orders_0({kafka_record(15), kafka_record(16)}));
  const KafkaRecord record = event.records()[1];
  EXPECT_EQ(record.topic(), "orders");
  EXPECT_EQ(record.partition(), 0);
  EXPECT_EQ(record.offset(), 16);
  EXPECT_EQ(record.topic_partition(), "orders-0");
  EXPECT_THAT(record.key(), Optional(std::string_view("key")));
  EXPECT_THAT(record.value(), Optional(std::string_view("hello")));
  ASSERT_EQ(record.headers().size(), 1U);
  EXPECT_EQ(record.headers()[0].name, "source");
  EXPECT_EQ(record.headers()[0].value, "web");
  EXPECT_EQ(record.timestamp().time_since_epoch(), std::chrono::milliseconds(1545084650987));
  EXPECT_EQ(record.timestamp_type(), "CREATE_TIME");
  EXPECT_FALSE(record.key_schema_metadata());
  EXPECT_EQ(record.event_source(), "aws:kafka");
  EXPECT_THAT(record.event_source_arn(),
              Optional(std::string_view("arn:aws:kafka:us-east-1:123456789012:cluster/sales/a1-4")));
  EXPECT_TRUE(record.bootstrap_servers()->starts_with("b-2.sales."));
  EXPECT_EQ(record.item_identifier(), R"({"partition":"orders-0","offset":16})");
  EXPECT_EQ(record.index(), 1U);
}

TEST(KafkaRecord, OfATopicWithoutTimesHasKafkasOwnMark) {
  const auto event = event_with("1545084650987", "-1");
  EXPECT_EQ(event.records()[0].timestamp().time_since_epoch(), std::chrono::milliseconds(-1));
}

TEST(KafkaRecord, OfASelfManagedClusterHasNoArn) {
  const std::string arn = R"("eventSourceArn":"arn:aws:kafka:us-east-1:123456789012:cluster/sales/a1-4",)";
  for (const std::string source : {"SelfManagedKafka", "aws:SelfManagedKafka"}) {
    const auto event =
        decode<KafkaRecord>(with(with(orders_0({kafka_record(1)}), arn, ""), "aws:kafka", source));
    EXPECT_EQ(event.records()[0].event_source(), source);
    EXPECT_FALSE(event.records()[0].event_source_arn());
  }
}

/// The bytes of a field in an event with a part of it replaced; "none" when there are none.
std::string bytes_of(std::optional<std::string_view> (KafkaRecord::*field)() const, std::string_view old_text,
                     std::string_view new_text) {
  const auto event = event_with(old_text, new_text);
  return std::string((event.records()[0].*field)().value_or("none"));
}

TEST(KafkaRecord, WithoutAValueIsATombstone) {
  EXPECT_EQ(bytes_of(&KafkaRecord::value, R"("aGVsbG8=")", "null"), "none");
  EXPECT_EQ(bytes_of(&KafkaRecord::value, R"("value":"aGVsbG8=",)", ""), "none");
  EXPECT_EQ(bytes_of(&KafkaRecord::value, "aGVsbG8=", ""), "");
}

TEST(KafkaRecord, MayHaveNoKey) {
  EXPECT_EQ(bytes_of(&KafkaRecord::key, R"("a2V5")", "null"), "none");
  EXPECT_EQ(bytes_of(&KafkaRecord::key, R"("key":"a2V5",)", ""), "none");
  EXPECT_EQ(bytes_of(&KafkaRecord::key, "a2V5", ""), "");
}

TEST(KafkaRecord, ReadsTheBytesOfHeadersSignedOrNot) {
  const auto event = event_with(R"([{"source":[119,101,98]}])",
                                R"([{"a":[-128,-1,0,127]},{"a":[255]},{"empty":[]},{"none":null}])");
  const auto headers = event.records()[0].headers();
  ASSERT_EQ(headers.size(), 4U);
  EXPECT_EQ(headers[0].value, std::string("\x80\xFF\0\x7F", 4));
  EXPECT_EQ(headers[1].name, "a");
  EXPECT_EQ(headers[1].value, "\xFF");
  EXPECT_EQ(headers[2].value, "");
  EXPECT_EQ(headers[3].value, "");
}

TEST(KafkaRecord, MayHaveNoHeaders) {
  for (const std::string headers : {R"("headers":[])", R"("headers":null)", R"("other":1)"}) {
    const auto event = event_with(R"("headers":[{"source":[119,101,98]}])", headers);
    EXPECT_THAT(event.records()[0].headers(), IsEmpty()) << headers;
  }
}

TEST(KafkaRecord, NamesTheSchemaOfItsKeyAndValue) {
  const auto event =
      event_with(R"("headers")", R"("valueSchemaMetadata":{"dataFormat":"AVRO","schemaId":"7"},"headers")");
  const auto schema = event.records()[0].value_schema_metadata();
  ASSERT_TRUE(schema);
  EXPECT_EQ(schema->data_format, "AVRO");
  EXPECT_EQ(schema->schema_id, "7");
  EXPECT_FALSE(event.records()[0].key_schema_metadata());
  const auto without_id =
      event_with(R"("headers")", R"("valueSchemaMetadata":{"dataFormat":"PROTOBUF"},"headers")");
  EXPECT_EQ(without_id.records()[0].value_schema_metadata()->data_format, "PROTOBUF");
  EXPECT_EQ(without_id.records()[0].value_schema_metadata()->schema_id, "");
}

TEST(KafkaRecord, FailsAloneWhereAFieldOfItCannotBeRead) {
  const auto value = [](const KafkaRecord& record) { record.value(); };
  const auto key = [](const KafkaRecord& record) { record.key(); };
  const auto headers = [](const KafkaRecord& record) { record.headers(); };
  const auto timestamp = [](const KafkaRecord& record) { record.timestamp(); };
  const auto schema = [](const KafkaRecord& record) { record.key_schema_metadata(); };
  const auto arn = [](const KafkaRecord& record) { record.event_source_arn(); };
  EXPECT_EQ(fault_of(event_with("aGVsbG8=", "not base64"), value), "/records/orders-0/0/value");
  EXPECT_EQ(fault_of(event_with(R"("aGVsbG8=")", "7"), value), "/records/orders-0/0/value");
  EXPECT_EQ(fault_of(event_with(R"("a2V5")", "{}"), key), "/records/orders-0/0/key");
  for (const std::string wrong : {"7", R"([7])", R"([{"a":7}])", R"([{"a":["7"]}])", "[{\"a\":[256]}]",
                                  "[{\"a\":[-129]}]", "[{\"a\":[1.5]}]", "[{\"a\":nil}]"}) {
    const auto event = event_with(R"([{"source":[119,101,98]}])", wrong);
    EXPECT_EQ(fault_of(event, headers), "/records/orders-0/0/headers") << wrong;
  }
  EXPECT_EQ(fault_of(event_with("1545084650987", "-2"), timestamp), "/records/orders-0/0/timestamp");
  EXPECT_EQ(fault_of(event_with(R"("headers")", R"("keySchemaMetadata":{},"headers")"), schema),
            "/records/orders-0/0/keySchemaMetadata");
  EXPECT_EQ(
      fault_of(decode<KafkaRecord>(with(orders_0({kafka_record(1)}),
                                        R"("arn:aws:kafka:us-east-1:123456789012:cluster/sales/a1-4")", "7")),
               arn),
      "/eventSourceArn");
}

TEST(KafkaRecord, OfATopicWithHyphensKeepsThemInItsTopic) {
  const auto event =
      decode<KafkaRecord>(kafka_event({{"new-orders-7-12", {kafka_record(1, "null", "new-orders-7", 12)}}}));
  EXPECT_EQ(event.records()[0].topic(), "new-orders-7");
  EXPECT_EQ(event.records()[0].partition(), 12);
  EXPECT_EQ(event.records()[0].item_identifier(), kafka_identifier(1, "new-orders-7-12"));
}

}  // namespace
}  // namespace batchproof
