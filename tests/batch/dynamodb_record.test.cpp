#include <batchproof/dynamodb_record.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/errors.hpp>
#include <batchproof/event.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "events.hpp"
#include "fault_of.hpp"

namespace batchproof {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

Event<DynamoDbRecord> dynamodb_event_with(const std::string& dynamodb_fields,
                                          const std::string& fields = "") {
  return decode<DynamoDbRecord>(
      R"({"Records":[{"eventSource":"aws:dynamodb","dynamodb":{"SequenceNumber":"1")" + dynamodb_fields +
      "}" + fields + "}]}");
}

TEST(DynamoDbRecord, HasEveryFieldOfARecord) {
  const auto event = decode<DynamoDbRecord>(event_of({dynamodb_record("4421584500000000017450439091")}));
  const DynamoDbRecord record = event.records()[0];
  EXPECT_EQ(record.sequence_number(), "4421584500000000017450439091");
  EXPECT_EQ(record.item_identifier(), record.sequence_number());
  EXPECT_EQ(record.kind(), ChangeKind::insert);
  const auto keys = record.keys();
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->at("Id").as_number().to_int64(), 101);
  const auto new_image = record.new_image();
  ASSERT_TRUE(new_image);
  EXPECT_EQ(new_image->at("Message").as_string(), "hello");
  EXPECT_FALSE(record.old_image());
  EXPECT_EQ(record.approximate_creation_date_time(), system_clock::time_point(seconds(1428537600)));
  EXPECT_EQ(record.size_bytes(), 26U);
  EXPECT_EQ(record.stream_view_type(), "NEW_AND_OLD_IMAGES");
  EXPECT_EQ(record.event_id(), "c4ca");
  EXPECT_EQ(record.event_name(), "INSERT");
  EXPECT_EQ(record.event_version(), "1.1");
  EXPECT_EQ(record.event_source(), "aws:dynamodb");
  EXPECT_EQ(record.event_source_arn(),
            "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2024-06-10T19:26:16.525");
  EXPECT_EQ(record.aws_region(), "us-east-1");
  EXPECT_EQ(record.user_identity_type(), std::nullopt);
  EXPECT_FALSE(record.is_ttl_delete());
  EXPECT_EQ(record.index(), 0U);
}

TEST(DynamoDbRecord, NeedsNothingButItsSequenceNumber) {
  const auto event = dynamodb_event_with("");
  const DynamoDbRecord record = event.records()[0];
  EXPECT_FALSE(record.keys());
  EXPECT_FALSE(record.new_image());
  EXPECT_FALSE(record.old_image());
  EXPECT_EQ(record.approximate_creation_date_time(), std::nullopt);
  EXPECT_EQ(record.approximate_creation_date_time_precision(), std::nullopt);
  EXPECT_EQ(record.size_bytes(), std::nullopt);
  EXPECT_EQ(record.stream_view_type(), std::nullopt);
  EXPECT_EQ(record.event_id(), std::nullopt);
  EXPECT_EQ(record.event_name(), std::nullopt);
  EXPECT_EQ(record.event_version(), std::nullopt);
  EXPECT_EQ(record.event_source_arn(), std::nullopt);
  EXPECT_EQ(record.aws_region(), std::nullopt);
  EXPECT_EQ(record.user_identity_principal_id(), std::nullopt);
  EXPECT_FALSE(record.is_ttl_delete());
}

TEST(DynamoDbRecord, TakesNullForNothing) {
  const auto event =
      dynamodb_event_with(R"(,"NewImage":null,"SizeBytes":null)", R"(,"userIdentity":null,"eventName":null)");
  EXPECT_FALSE(event.records()[0].new_image());
  EXPECT_FALSE(event.records()[0].size_bytes());
  EXPECT_FALSE(event.records()[0].user_identity_type());
}

TEST(DynamoDbRecord, TellsWhatHappenedToTheItem) {
  const auto kind = [](const std::string& name) {
    const auto event = dynamodb_event_with("", R"(,"eventName":)" + in_quotes(name));
    return event.records()[0].kind();
  };
  EXPECT_EQ(kind("INSERT"), ChangeKind::insert);
  EXPECT_EQ(kind("MODIFY"), ChangeKind::modify);
  EXPECT_EQ(kind("REMOVE"), ChangeKind::remove);
  EXPECT_EQ(
      fault_of(dynamodb_event_with("", R"(,"eventName":"insert")"), [](auto& record) { record.kind(); }),
      "/Records/0/eventName");
  EXPECT_EQ(fault_of(dynamodb_event_with(""), [](auto& record) { record.kind(); }), "/Records/0/eventName");
}

TEST(DynamoDbRecord, TellsAnItemWhoseTimeToLiveRanOut) {
  const auto is_ttl_delete = [](const std::string& fields) {
    const auto event = dynamodb_event_with("", fields);
    return event.records()[0].is_ttl_delete();
  };
  const std::string service = R"(,"userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"})";
  EXPECT_TRUE(is_ttl_delete(R"(,"eventName":"REMOVE")" + service));
  EXPECT_FALSE(is_ttl_delete(R"(,"eventName":"MODIFY")" + service));
  EXPECT_FALSE(is_ttl_delete(R"(,"eventName":"REMOVE")"));
  EXPECT_FALSE(is_ttl_delete(
      R"(,"eventName":"REMOVE","userIdentity":{"type":"User","principalId":"dynamodb.amazonaws.com"})"));
  EXPECT_FALSE(
      is_ttl_delete(R"(,"eventName":"REMOVE","userIdentity":{"principalId":"other","type":"Service"})"));
}

std::optional<std::chrono::microseconds> creation_time(const std::string& fields) {
  const auto event = dynamodb_event_with(R"(,"ApproximateCreationDateTime":)" + fields);
  const auto time = event.records()[0].approximate_creation_date_time();
  if (!time) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::microseconds>(time->time_since_epoch());
}

TEST(DynamoDbRecord, ReadsItsCreationTimeInTheUnitThatItSays) {
  using std::chrono::microseconds;
  const std::string precision = R"(,"ApproximateCreationDateTimePrecision":)";
  EXPECT_EQ(creation_time("1700000000.5"), microseconds(1'700'000'000'500'000));
  EXPECT_EQ(creation_time("1700000000.5" + precision + "null"), microseconds(1'700'000'000'500'000));
  EXPECT_EQ(creation_time("1700000000" + precision + R"("SECOND")"), microseconds(1'700'000'000'000'000));
  EXPECT_EQ(creation_time("1700000000123" + precision + R"("MILLISECOND")"),
            microseconds(1'700'000'000'123'000));
  EXPECT_EQ(creation_time("1700000000123456" + precision + R"("MICROSECOND")"),
            microseconds(1'700'000'000'123'456));
  EXPECT_EQ(creation_time("1700000000" + precision + R"("MICROSECOND")"), microseconds(1'700'000'000));
  EXPECT_EQ(creation_time("0" + precision + R"("MILLISECOND")"), microseconds(0));
}

TEST(DynamoDbRecord, TakesACreationTimeWithoutAUnitForSecondsUnlessItIsFarTooLarge) {
  using std::chrono::microseconds;
  EXPECT_EQ(creation_time("8999999999"), microseconds(8'999'999'999'000'000));
  EXPECT_EQ(creation_time("1700000000123"), microseconds(1'700'000'000'123'000));
  EXPECT_EQ(creation_time("1700000000123456"), microseconds(1'700'000'000'123'456));
  EXPECT_EQ(creation_time("1e12"), microseconds(1'000'000'000'000'000));
  for (const char* time :
       {"9000000000", "999999999999", "9000000000000", "999999999999999", "9000000000000000", "-1"}) {
    EXPECT_THROW(creation_time(time), RecordError) << time;
  }
}

TEST(DynamoDbRecord, RefusesAPrecisionThatItDoesNotKnow) {
  for (const char* precision : {R"("NANOSECOND")", R"("millisecond")", R"("")", "3"}) {
    const auto event =
        dynamodb_event_with(R"(,"ApproximateCreationDateTime":1,"ApproximateCreationDateTimePrecision":)" +
                            std::string(precision));
    EXPECT_EQ(fault_of(event, [](auto& record) { record.approximate_creation_date_time(); }),
              "/Records/0/dynamodb/ApproximateCreationDateTimePrecision")
        << precision;
  }
  const auto event = dynamodb_event_with(R"(,"ApproximateCreationDateTimePrecision":"MICROSECOND")");
  EXPECT_EQ(event.records()[0].approximate_creation_date_time_precision(), "MICROSECOND");
  EXPECT_EQ(event.records()[0].approximate_creation_date_time(), std::nullopt);
}

TEST(DynamoDbRecord, RefusesFieldsOfTheWrongShape) {
  EXPECT_EQ(fault_of(dynamodb_event_with(R"(,"NewImage":[])"), [](auto& record) { record.new_image(); }),
            "/Records/0/dynamodb/NewImage");
  EXPECT_EQ(fault_of(dynamodb_event_with(R"(,"Keys":"text")"), [](auto& record) { record.keys(); }),
            "/Records/0/dynamodb/Keys");
  EXPECT_EQ(fault_of(dynamodb_event_with(R"(,"SizeBytes":"26")"), [](auto& record) { record.size_bytes(); }),
            "/Records/0/dynamodb/SizeBytes");
  EXPECT_EQ(fault_of(dynamodb_event_with(R"(,"SizeBytes":-1)"), [](auto& record) { record.size_bytes(); }),
            "/Records/0/dynamodb/SizeBytes");
  EXPECT_EQ(fault_of(dynamodb_event_with(R"(,"ApproximateCreationDateTime":"now")"),
                     [](auto& record) { record.approximate_creation_date_time(); }),
            "/Records/0/dynamodb/ApproximateCreationDateTime");
  EXPECT_EQ(fault_of(dynamodb_event_with("", R"(,"userIdentity":"me")"),
                     [](auto& record) { record.user_identity_type(); }),
            "/Records/0/userIdentity");
  EXPECT_EQ(fault_of(dynamodb_event_with(R"(,"StreamViewType":7)"),
                     [](auto& record) { record.stream_view_type(); }),
            "/Records/0/dynamodb/StreamViewType");
}

}  // namespace
}  // namespace batchproof
