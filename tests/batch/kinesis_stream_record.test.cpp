#include <batchproof/kinesis_stream_record.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/errors.hpp>
#include <batchproof/event.hpp>
#include <chrono>
#include <string>

#include "events.hpp"
#include "fault_of.hpp"

namespace batchproof {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

Event<KinesisStreamRecord> kinesis_event_with(const std::string& kinesis_fields,
                                              const std::string& fields = "") {
  return decode<KinesisStreamRecord>(
      R"({"Records":[{"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"1")" + kinesis_fields + "}" +
      fields + "}]}");
}

TEST(KinesisStreamRecord, HasEveryFieldOfARecord) {
  const std::string sequence_number = "49590338271490256608559692538361571095921575989136588898";
  const auto event = decode<KinesisStreamRecord>(
      event_of({kinesis_record(sequence_number, "SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==")}));
  const KinesisStreamRecord record = event.records()[0];
  EXPECT_EQ(record.sequence_number(), sequence_number);
  EXPECT_EQ(record.item_identifier(), sequence_number);
  EXPECT_EQ(record.partition_key(), "key");
  EXPECT_EQ(record.data(), "Hello, this is a test.");
  EXPECT_EQ(record.approximate_arrival_timestamp(), system_clock::time_point(milliseconds(1545084650987)));
  EXPECT_EQ(record.kinesis_schema_version(), "1.0");
  EXPECT_EQ(record.encryption_type(), std::nullopt);
  EXPECT_EQ(record.event_id(), "shardId-000000000006:" + sequence_number);
  EXPECT_EQ(record.shard_id(), "shardId-000000000006");
  EXPECT_EQ(record.event_name(), "aws:kinesis:record");
  EXPECT_EQ(record.event_version(), "1.0");
  EXPECT_EQ(record.event_source(), "aws:kinesis");
  EXPECT_EQ(record.event_source_arn(), "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream");
  EXPECT_EQ(record.invoke_identity_arn(), "arn:aws:iam::123456789012:role/lambda");
  EXPECT_EQ(record.aws_region(), "us-east-2");
  EXPECT_EQ(record.index(), 0U);
}

TEST(KinesisStreamRecord, TellsTheEncryptionWhereThereIsOne) {
  const auto event = kinesis_event_with(R"(,"encryptionType":"KMS")");
  EXPECT_EQ(event.records()[0].encryption_type(), "KMS");
}

TEST(KinesisStreamRecord, GivesTheSameDataHoweverOftenItIsAsked) {
  const auto event =
      decode<KinesisStreamRecord>(event_of({kinesis_record("1", "AAEC"), kinesis_record("2", "/w==")}));
  const std::string_view first = event.records()[0].data();
  EXPECT_EQ(first, std::string_view("\0\1\2", 3));
  EXPECT_EQ(event.records()[1].data(), "\xFF");
  EXPECT_EQ(event.records()[0].data(), first);
  EXPECT_EQ(event.records()[0].data().data(), first.data());
}

TEST(KinesisStreamRecord, FailsAloneOverBadBase64) {
  const auto event =
      decode<KinesisStreamRecord>(event_of({kinesis_record("1", "AAE"), kinesis_record("2", "AAEC")}));
  EXPECT_EQ(fault_of(event, [](auto& record) { record.data(); }), "/Records/0/kinesis/data");
  EXPECT_EQ(event.records()[1].data().size(), 3U);
}

TEST(KinesisStreamRecord, RefusesDataThatIsNoString) {
  for (const char* json : {"17", "null", "{}", "nonsense"}) {
    EXPECT_EQ(
        fault_of(kinesis_event_with(R"(,"data":)" + std::string(json)), [](auto& record) { record.data(); }),
        "/Records/0/kinesis/data")
        << json;
  }
}

TEST(KinesisStreamRecord, SaysWhichRequiredFieldIsMissing) {
  const auto event = kinesis_event_with("");
  EXPECT_EQ(fault_of(event, [](auto& record) { record.data(); }), "/Records/0/kinesis/data");
  EXPECT_EQ(fault_of(event, [](auto& record) { record.partition_key(); }), "/Records/0/kinesis/partitionKey");
  EXPECT_EQ(fault_of(event, [](auto& record) { record.event_id(); }), "/Records/0/eventID");
  EXPECT_EQ(fault_of(event, [](auto& record) { record.shard_id(); }), "/Records/0/eventID");
  EXPECT_EQ(fault_of(event, [](auto& record) { record.event_name(); }), "/Records/0/eventName");
  EXPECT_EQ(fault_of(event, [](auto& record) { record.invoke_identity_arn(); }),
            "/Records/0/invokeIdentityArn");
  EXPECT_EQ(fault_of(event, [](auto& record) { record.approximate_arrival_timestamp(); }),
            "/Records/0/kinesis/approximateArrivalTimestamp");
}

TEST(KinesisStreamRecord, RefusesAnArrivalTimeThatIsNone) {
  for (const char* json : {"null", "-1", "1e300", "nan", "true", R"("1545084650")", "9e9", "[]"}) {
    EXPECT_EQ(fault_of(kinesis_event_with(R"(,"approximateArrivalTimestamp":)" + std::string(json)),
                       [](auto& record) { record.approximate_arrival_timestamp(); }),
              "/Records/0/kinesis/approximateArrivalTimestamp")
        << json;
  }
}

TEST(KinesisStreamRecord, ReadsAnArrivalTimeOfAnyNotation) {
  const auto arrival = [](const std::string& json) {
    const auto event = kinesis_event_with(R"(,"approximateArrivalTimestamp":)" + json);
    return event.records()[0].approximate_arrival_timestamp();
  };
  EXPECT_EQ(arrival("1545084650"), system_clock::time_point(milliseconds(1545084650000)));
  EXPECT_EQ(arrival("1.545084650987E9"), system_clock::time_point(milliseconds(1545084650987)));
  EXPECT_EQ(arrival("0"), system_clock::time_point());
}

TEST(KinesisStreamRecord, RefusesAShardIdThatIsNotThere) {
  EXPECT_EQ(
      fault_of(kinesis_event_with("", R"(,"eventID":"no colon")"), [](auto& record) { record.shard_id(); }),
      "/Records/0/eventID");
}

}  // namespace
}  // namespace batchproof
