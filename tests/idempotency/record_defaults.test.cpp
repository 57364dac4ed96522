#include <batchproof/idempotency/record_defaults.hpp>

#include <gtest/gtest.h>

#include <batchproof/idempotency/idempotent.hpp>
#include <batchproof/idempotency/memory_store.hpp>
#include <set>
#include <string>
#include <vector>

namespace batchproof {
namespace {

/// What differs between two records of Kafka.
struct Kafka {
  std::string source = R"("eventSourceArn":"arn:aws:kafka:eu-west-1:1:cluster/a/1")";
  std::string timestamp = "1545084650987";
  std::string key = R"("azE=")";
  std::string value = R"("dg==")";
};

std::string event_of(const Kafka& kafka) {
  return R"({"eventSource":"aws:kafka",)" + kafka.source +
         R"(,"records":{"orders-0":[{"topic":"orders","partition":0,"offset":7,"timestamp":)" +
         kafka.timestamp + R"(,"timestampType":"CREATE_TIME","key":)" + kafka.key + R"(,"value":)" +
         kafka.value + R"(,"headers":[]}]}})";
}

std::string key_of(const Kafka& kafka) {
  const auto event = decode<KafkaRecord>(event_of(kafka));
  return detail::default_key(event.records()[0]);
}

std::string payload_of(const Kafka& kafka) {
  const auto event = decode<KafkaRecord>(event_of(kafka));
  return detail::default_payload(event.records()[0]);
}

TEST(DefaultKey, OfKafkaNamesClusterPartitionOffsetAndTime) {
  EXPECT_EQ(key_of({}), R"(arn:aws:kafka:eu-west-1:1:cluster/a/1#{"partition":"orders-0","offset":7})"
                        "#1545084650987");
  EXPECT_NE(key_of({}), key_of({.source = R"("eventSourceArn":"arn:aws:kafka:eu-west-1:1:cluster/b/2")"}));
  EXPECT_NE(key_of({}), key_of({.timestamp = "1545084650988"}));
  EXPECT_EQ(key_of({}), key_of({.value = "null"}));
}

TEST(DefaultKey, OfASelfManagedClusterNamesItsServersInAnyOrder) {
  const std::string key = key_of({.source = R"("bootstrapServers":"b-2:9092,b-1:9092")"});
  EXPECT_EQ(key, R"(b-1:9092,b-2:9092,#{"partition":"orders-0","offset":7}#1545084650987)");
  EXPECT_EQ(key, key_of({.source = R"("bootstrapServers":"b-1:9092,b-2:9092")"}));
}

TEST(DefaultKey, OfKafkaLeavesOutWhatCannotBeRead) {
  const std::string key = R"({"partition":"orders-0","offset":7})";
  EXPECT_EQ(key_of({.source = R"("eventSourceArn":1,"bootstrapServers":[])", .timestamp = "\"today\""}), key);
  EXPECT_EQ(key_of({.source = R"("bootstrapServers":null)", .timestamp = "-1"}), key + "#-1");
}

TEST(DefaultKey, OfAStreamNamesTheStream) {
  const auto key_of_kinesis = [](const std::string& fields) {
    const auto event = decode<KinesisStreamRecord>(
        R"({"Records":[{"eventSource":"aws:kinesis",)" + fields +
        R"("kinesis":{"sequenceNumber":"49","partitionKey":"p","data":"dg=="}}]})");
    return detail::default_key(event.records()[0]);
  };
  EXPECT_EQ(key_of_kinesis(R"("eventSourceARN":"arn:a","eventID":"shardId-0:49",)"), "arn:a#shardId-0:49");
  EXPECT_EQ(key_of_kinesis(R"("eventID":"shardId-0:49",)"), "shardId-0:49");
  EXPECT_EQ(key_of_kinesis(R"("eventSourceARN":"arn:a",)"), "arn:a#49");
  const auto changes = decode<DynamoDbRecord>(
      R"({"Records":[{"eventSource":"aws:dynamodb","eventSourceARN":"arn:t","eventID":"e1",)"
      R"("eventName":"REMOVE","dynamodb":{"Keys":{"k":{"S":"a"}},"SequenceNumber":"49"}}]})");
  EXPECT_EQ(detail::default_key(changes.records()[0]), "arn:t#e1");
}

TEST(DefaultPayload, OfKafkaHoldsTheKeyAndTellsATombstoneFromAnEmptyValue) {
  const std::vector<Kafka> records{{},
                                   {.key = "null"},
                                   {.key = R"("")"},
                                   {.value = "null"},
                                   {.value = R"("")"},
                                   {.key = R"("azI=")"},
                                   {.key = R"("a3Y=")", .value = R"("")"}};
  std::set<std::string> payloads;
  for (const Kafka& record : records) payloads.insert(payload_of(record));
  EXPECT_EQ(payloads.size(), records.size());
}

TEST(DefaultKey, LetsARecordOfASecondClusterBeHandled) {
  MemoryStore store;
  int effects = 0;
  const auto handler = idempotent([&](const KafkaRecord&) { ++effects; }, store);
  const BatchProcessor<KafkaRecord> processor;
  const Kafka other_cluster{.source = R"("bootstrapServers":"b-1:9092")"};
  for (const Kafka& kafka : {Kafka(), other_cluster, Kafka()}) {
    const auto event = decode<KafkaRecord>(event_of(kafka));
    EXPECT_TRUE(processor.process(event, handler).response().item_identifiers().empty());
  }
  EXPECT_EQ(effects, 2);
}

}  // namespace
}  // namespace batchproof
