#include "payloads.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

namespace batchproof::bench {
namespace {

using Json = nlohmann::ordered_json;

std::string order(std::size_t index, std::size_t note_bytes) {
  return Json{{"order_id", index},
              {"quantity", index % 9 + 1},
              {"customer", fmt::format("customer-{}", index)},
              {"note", std::string(note_bytes, 'x')}}
      .dump();
}

using Random = std::mt19937_64;

Json message(std::size_t index, bool fifo, const EventShape& shape, Random& random) {
  Json attributes{{"ApproximateReceiveCount", "1"},
                  {"SentTimestamp", "1545082649183"},
                  {"SenderId", "AIDAIENQZJOLO23YVJ4VO"},
                  {"ApproximateFirstReceiveTimestamp", "1545082649185"}};
  if (fifo) {
    attributes["SequenceNumber"] = fmt::format("{:020}", index + 1884949646046769612ULL);
    attributes["MessageGroupId"] =
        fmt::format("customer-{}", shape.groups == 0 ? index / 10 : index % shape.groups);
    attributes["MessageDeduplicationId"] = fmt::format("{:016x}", random());
  }
  const auto high = static_cast<std::uint64_t>(random());
  const auto low = static_cast<std::uint64_t>(random());
  return {{"messageId", fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xFFFF,
                                    high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFF)},
          {"receiptHandle", "AQEB" + std::string(150, 'w')},
          {"body", order(index, shape.note_bytes)},
          {"attributes", attributes},
          {"messageAttributes", Json::object()},
          {"md5OfBody", "e4e68fb7bd0e697a0ae8f1bb342846b3"},
          {"eventSource", "aws:sqs"},
          {"eventSourceARN", fmt::format("arn:aws:sqs:us-east-2:123456789012:orders{}", fifo ? ".fifo" : "")},
          {"awsRegion", "us-east-2"}};
}

Json sqs_record(std::size_t index, const EventShape& shape, Random& random) {
  return message(index, false, shape, random);
}

Json fifo_record(std::size_t index, const EventShape& shape, Random& random) {
  return message(index, true, shape, random);
}

std::string sequence_number(std::size_t index) {
  return fmt::format("49590338271490256608559692538361571095921575989136{:06}", index);
}

Json kinesis_record(std::size_t index, const EventShape& shape, Random&) {
  return {{"kinesis",
           {{"kinesisSchemaVersion", "1.0"},
            {"partitionKey", fmt::format("customer-{}", index % 100)},
            {"sequenceNumber", sequence_number(index)},
            {"data", std::string(200 + shape.note_bytes / 4 * 4, 'Q')},
            {"approximateArrivalTimestamp", 1545084650.987}}},
          {"eventSource", "aws:kinesis"},
          {"eventVersion", "1.0"},
          {"eventID", "shardId-000000000006:" + sequence_number(index)},
          {"eventName", "aws:kinesis:record"},
          {"invokeIdentityArn", "arn:aws:iam::123456789012:role/lambda-role"},
          {"awsRegion", "us-east-2"},
          {"eventSourceARN", "arn:aws:kinesis:us-east-2:123456789012:stream/orders"}};
}

Json dynamodb_record(std::size_t index, const EventShape& shape, Random&) {
  const Json key{{"order_id", {{"N", std::to_string(index)}}}};
  Json image = key;
  image["quantity"] = {{"N", std::to_string(index % 9 + 1)}};
  image["customer"] = {{"S", fmt::format("customer-{}", index)}};
  image["note"] = {{"S", std::string(shape.note_bytes, 'x')}};
  return {{"eventID", fmt::format("{:032x}", index)},
          {"eventName", "INSERT"},
          {"eventVersion", "1.1"},
          {"eventSource", "aws:dynamodb"},
          {"awsRegion", "us-east-2"},
          {"dynamodb",
           {{"ApproximateCreationDateTime", 1545084650},
            {"Keys", key},
            {"NewImage", image},
            {"SequenceNumber", fmt::format("{}", 111000000000 + index)},
            {"SizeBytes", 260},
            {"StreamViewType", "NEW_AND_OLD_IMAGES"}}},
          {"eventSourceARN",
           "arn:aws:dynamodb:us-east-2:123456789012:table/orders/stream/2015-06-27T00:48:05.899"}};
}

constexpr std::size_t records_of_a_partition = 100;

Json kafka_record(std::size_t index) {
  return {{"topic", "orders"},
          {"partition", index / records_of_a_partition},
          {"offset", 1'000'000 + index},
          {"timestamp", 1545084650987},
          {"timestampType", "CREATE_TIME"},
          {"key", "Y3VzdG9tZXItMQ=="},
          {"value", std::string(320, 'Q')},
          {"headers", Json::array({{{"trace", {104, 101, 108, 108, 111}}}})}};
}

std::string kafka_payload(std::size_t records) {
  Json lists = Json::object();
  for (std::size_t index = 0; index < records; ++index)
    lists[fmt::format("orders-{}", index / records_of_a_partition)].push_back(kafka_record(index));
  return Json{{"eventSource", "aws:kafka"},
              {"eventSourceArn", "arn:aws:kafka:us-east-1:123456789012:cluster/sales/abcd-4"},
              {"bootstrapServers", "b-1.sales.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092"},
              {"records", std::move(lists)}}
      .dump();
}

struct Row {
  const char* title;
  Json (*write)(std::size_t index, const EventShape& shape, Random& random);
};

/// In the order of the sources.
constexpr std::array<Row, listed_sources.size()> rows{{{"sqs", sqs_record},
                                                       {"fifo, skip group", fifo_record},
                                                       {"kinesis", kinesis_record},
                                                       {"dynamodb", dynamodb_record}}};

const Row& row_of(Source source) { return rows[static_cast<std::size_t>(source)]; }

}  // namespace

const char* title(Source source) { return row_of(source).title; }

std::string payload(Source source, std::size_t records, const EventShape& shape) {
  if (source == Source::kafka) return kafka_payload(records);
  Random random(7);
  Json event{{"Records", Json::array()}};
  for (std::size_t index = 0; index < records; ++index)
    event["Records"].push_back(row_of(source).write(index, shape, random));
  return event.dump();
}

}  // namespace batchproof::bench
