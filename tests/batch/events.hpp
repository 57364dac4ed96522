#pragma once

// Events as AWS sends them, cut down to what a test is about. `Source<Record>` lets one test speak for all
// sources.

#include <batchproof/batch.hpp>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batchproof {

inline std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

inline std::string event_of(const std::vector<std::string>& records) {
  std::string event = R"({"Records":[)";
  for (std::size_t index = 0; index < records.size(); ++index) {
    if (index != 0) event += ',';
    event += records[index];
  }
  return event + "]}";
}

/// A message of a standard queue; `body` is JSON text without its quotes.
inline std::string sqs_record(std::string_view id, std::string_view body = "hello") {
  return R"({"messageId":)" + in_quotes(id) + R"(,"receiptHandle":"handle","body":)" + in_quotes(body) +
         R"(,"attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1545082649183","SenderId":"AIDA",)"
         R"("ApproximateFirstReceiveTimestamp":"1545082649185"},"messageAttributes":{},"md5OfBody":"5d41",)"
         R"("eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:orders","awsRegion":"us-east-2"})";
}

/// A message of a FIFO queue; an empty group stands for none.
inline std::string fifo_record(std::string_view id, std::string_view group = "group",
                               std::string_view body = "hello") {
  const std::string group_field = group.empty() ? "" : R"(,"MessageGroupId":)" + in_quotes(group);
  return R"({"messageId":)" + in_quotes(id) + R"(,"receiptHandle":"handle","body":)" + in_quotes(body) +
         R"(,"attributes":{"ApproximateReceiveCount":"1","SequenceNumber":"18849496460467696128")" +
         group_field +
         R"(,"MessageDeduplicationId":"dedup"},"messageAttributes":{},"md5OfBody":"5d41","eventSource":"aws:sqs",)"
         R"("eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:orders.fifo","awsRegion":"us-east-2"})";
}

inline std::string kinesis_record(std::string_view sequence_number, std::string_view data = "aGVsbG8=") {
  return R"({"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"key","sequenceNumber":)" +
         in_quotes(sequence_number) + R"(,"data":)" + in_quotes(data) +
         R"(,"approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0",)"
         R"("eventID":"shardId-000000000006:)" +
         std::string(sequence_number) +
         R"(","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/lambda",)"
         R"("awsRegion":"us-east-2","eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream"})";
}

/// A change of an item; `new_image` is a JSON object.
inline std::string dynamodb_record(
    std::string_view sequence_number,
    std::string_view new_image = R"({"Id":{"N":"101"},"Message":{"S":"hello"}})") {
  return R"({"eventID":"c4ca","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",)"
         R"("awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1428537600,)"
         R"("Keys":{"Id":{"N":"101"}},"NewImage":)" +
         std::string(new_image) + R"(,"SequenceNumber":)" + in_quotes(sequence_number) +
         R"(,"SizeBytes":26,"StreamViewType":"NEW_AND_OLD_IMAGES"},)"
         R"("eventSourceARN":"arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2024-06-10T19:26:16.525"})";
}

/// A record of Kafka; `value` is JSON text, such as a base64 string or null.
inline std::string kafka_record(std::int64_t offset, std::string_view value = R"("aGVsbG8=")",
                                std::string_view topic = "orders", int partition = 0) {
  return R"({"topic":)" + in_quotes(topic) + R"(,"partition":)" + std::to_string(partition) +
         R"(,"offset":)" + std::to_string(offset) +
         R"(,"timestamp":1545084650987,"timestampType":"CREATE_TIME","key":"a2V5",)"
         R"("value":)" +
         std::string(value) + R"(,"headers":[{"source":[119,101,98]}]})";
}

/// An event of Kafka with these lists, each a name and its records.
inline std::string kafka_event(const std::vector<std::pair<std::string, std::vector<std::string>>>& lists) {
  std::string event =
      R"({"eventSource":"aws:kafka","eventSourceArn":"arn:aws:kafka:us-east-1:123456789012:cluster/sales/a1-4",)"
      R"("bootstrapServers":"b-2.sales.kafka.us-east-1.amazonaws.com:9092,b-1.sales.kafka.us-east-1.amazonaws.com:9092",)"
      R"("records":{)";
  for (const auto& [name, records] : lists) {
    if (event.back() != '{') event += ',';
    event += in_quotes(name) + ":[";
    for (const std::string& record : records) event += (event.back() == '[' ? "" : ",") + record;
    event += ']';
  }
  return event + "}}";
}

/// An event of the partition "orders-0" alone.
inline std::string orders_0(const std::vector<std::string>& records) {
  return kafka_event({{"orders-0", records}});
}

/// The identifier of a record of Kafka.
inline std::string kafka_identifier(std::int64_t offset, std::string_view topic_partition = "orders-0") {
  return R"({"partition":)" + in_quotes(topic_partition) + R"(,"offset":)" + std::to_string(offset) + "}";
}

template <class Record>
struct Source;

template <>
struct Source<SqsRecord> {
  static constexpr const char* name = "Sqs";
  static constexpr const char* event_source = "aws:sqs";
  static constexpr const char* identifier_key = "messageId";
  static constexpr const char* identifier_path = "messageId";
  static std::string record(std::string_view identifier) { return sqs_record(identifier); }
};

template <>
struct Source<KinesisStreamRecord> {
  static constexpr const char* name = "Kinesis";
  static constexpr const char* event_source = "aws:kinesis";
  static constexpr const char* identifier_key = "sequenceNumber";
  static constexpr const char* identifier_path = "kinesis/sequenceNumber";
  static std::string record(std::string_view identifier) { return kinesis_record(identifier); }
};

template <>
struct Source<DynamoDbRecord> {
  static constexpr const char* name = "DynamoDb";
  static constexpr const char* event_source = "aws:dynamodb";
  static constexpr const char* identifier_key = "SequenceNumber";
  static constexpr const char* identifier_path = "dynamodb/SequenceNumber";
  static std::string record(std::string_view identifier) { return dynamodb_record(identifier); }
};

/// A batch of the records with these identifiers.
template <class Record>
std::string batch_of(const std::vector<std::string>& identifiers) {
  std::vector<std::string> records;
  for (const std::string& identifier : identifiers) records.push_back(Source<Record>::record(identifier));
  return event_of(records);
}

inline const std::string two_records = batch_of<SqsRecord>({"1", "2"});

inline void reject_first(const SqsRecord& record) {
  if (record.index() == 0) throw std::runtime_error("rejected");
}

/// Replaces the one occurrence of `old_text`, so that a test shows just what is broken.
inline std::string with(std::string text, std::string_view old_text, std::string_view new_text) {
  return text.replace(text.find(old_text), old_text.size(), new_text);
}

}  // namespace batchproof
