// What Powertools for AWS Lambda (Python) expects of its Kafka batches, retold from its public tests
// (tests/functional/batch/required_dependencies/test_utilities_batch_kafka.py): this library answers the
// same, but for the one difference that is named here. The TypeScript edition has no Kafka.

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/kafka_message.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::conformance {
namespace {

using fixtures::kafka_event;
using fixtures::KafkaMessage;

/// The peer's handler: it refuses a value that holds "fail".
void handle(const KafkaRecord& record) {
  if (record.value().value_or("").find("fail") != std::string_view::npos)
    throw std::runtime_error("failed to process the record");
}

KafkaMessage message(std::int64_t offset, const std::string& value, const std::string& topic = "mytopic",
                     std::int64_t partition = 0) {
  return {.topic = topic,
          .partition = partition,
          .offset = offset,
          .value = value,
          .headers = {{"headerKey", "headerValue"}}};
}

std::string answer(const std::vector<KafkaMessage>& messages, bool raises = true) {
  const BatchProcessor<KafkaRecord> processor({.raise_on_entire_batch_failure = raises});
  return process_partial_response(kafka_event(messages), handle, processor);
}

TEST(KafkaConformance, AllSucceeded) {
  EXPECT_EQ(answer({message(0, "success"), message(1, "success")}), R"({"batchItemFailures":[]})");
}

TEST(KafkaConformance, AllFailedFailsTheInvocation) {
  EXPECT_THROW(answer({message(0, "fail"), message(1, "fail")}), BatchProcessingError);
}

TEST(KafkaConformance, AllFailedIsAnsweredWhereAskedFor) {
  EXPECT_EQ(answer({message(0, "fail"), message(1, "fail")}, false),
            R"({"batchItemFailures":[{"itemIdentifier":{"partition":"mytopic-0","offset":0}},)"
            R"({"itemIdentifier":{"partition":"mytopic-0","offset":1}}]})");
}

TEST(KafkaConformance, AFailureIsNamedByPartitionAndOffset) {
  EXPECT_EQ(answer({message(0, "success"), message(1, "fail")}),
            R"({"batchItemFailures":[{"itemIdentifier":{"partition":"mytopic-0","offset":1}}]})");
}

TEST(KafkaConformance, EachFailureOfAPartitionIsNamed) {
  EXPECT_EQ(answer({message(0, "success"), message(1, "fail"), message(2, "fail")}),
            R"({"batchItemFailures":[{"itemIdentifier":{"partition":"mytopic-0","offset":1}},)"
            R"({"itemIdentifier":{"partition":"mytopic-0","offset":2}}]})");
}

TEST(KafkaConformance, FailuresOfTwoTopicsAreNamed) {
  EXPECT_EQ(answer({message(0, "success", "topic1"), message(1, "fail", "topic1"),
                    message(0, "success", "topic2", 1), message(1, "fail", "topic2", 1)}),
            R"({"batchItemFailures":[{"itemIdentifier":{"partition":"topic1-0","offset":1}},)"
            R"({"itemIdentifier":{"partition":"topic2-1","offset":1}}]})");
}

TEST(KafkaConformance, AHandlerReadsJson) {
  const auto event =
      decode<KafkaRecord>(kafka_event({message(0, R"({"message":"hello","status":"success"})")}));
  EXPECT_EQ(nlohmann::json::parse(*event.records()[0].value()).at("message"), "hello");
}

TEST(KafkaConformance, AHandlerSeesTheRecord) {
  const auto event = decode<KafkaRecord>(kafka_event({message(100, "test message", "test-topic", 5)}));
  const KafkaRecord& record = event.records()[0];
  EXPECT_EQ(record.topic(), "test-topic");
  EXPECT_EQ(record.partition(), 5);
  EXPECT_EQ(record.offset(), 100);
  EXPECT_EQ(record.timestamp().time_since_epoch(), std::chrono::milliseconds(1'545'084'650'987));
  EXPECT_EQ(record.timestamp_type(), "CREATE_TIME");
}

TEST(KafkaConformance, AnEventWithoutRecordsIsRefused) {
  EXPECT_THROW(
      (void)process_partial_response(R"({"eventSource":"aws:kafka"})", handle, BatchProcessor<KafkaRecord>()),
      EventError);
}

// The peer refuses this event, and so fails an invocation in which nothing can fail. An empty batch of this
// library is answered, as one of a queue or a stream is.
TEST(KafkaConformance, AnEmptyBatchIsAnsweredUnlikeThePeers) {
  EXPECT_EQ(process_partial_response(R"({"eventSource":"aws:kafka","records":{}})", handle,
                                     BatchProcessor<KafkaRecord>()),
            R"({"batchItemFailures":[]})");
}

}  // namespace
}  // namespace batchproof::conformance
