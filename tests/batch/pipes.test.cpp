// Events of EventBridge Pipes: an array of records, whose streams report failures by eventID (EventBridge
// user guide, "Amazon EventBridge Pipes batching and concurrency" and the pages of the sources).

#include <batchproof/batch.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string pipe_message(const std::string& id, const std::string& queue = "orders") {
  return R"({"messageId":")" + id + R"(","receiptHandle":"h","body":"{}","attributes":{},)" +
         R"("messageAttributes":{},"md5OfBody":"m","eventSource":"aws:sqs",)" +
         R"("eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:)" + queue + R"(","awsRegion":"us-east-1"})";
}

/// Flat, with the fields that Lambda puts into an object `kinesis`.
std::string flat_record(const std::string& sequence_number, const std::string& data = "aGVsbG8=") {
  return R"({"kinesisSchemaVersion":"1.0","partitionKey":"key","sequenceNumber":")" + sequence_number +
         R"(","data":")" + data + R"(","approximateArrivalTimestamp":1545084650.987,)" +
         R"("eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:)" +
         sequence_number +
         R"(","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::1:role/r",)" +
         R"("awsRegion":"us-west-2","eventSourceARN":"arn:aws:kinesis:us-west-2:1:stream/orders"})";
}

std::string pipe_change(const std::string& event_id, const std::string& sequence_number) {
  return R"({"eventID":")" + event_id + R"(","eventVersion":"1.0","dynamodb":{"Keys":{"Id":{"N":"101"}},)" +
         R"("StreamViewType":"KEYS_ONLY","SequenceNumber":")" + sequence_number +
         R"(","SizeBytes":26},"awsRegion":"us-west-2","eventName":"INSERT",)" +
         R"("eventSourceARN":"arn:aws:dynamodb:us-east-1:1:table/orders","eventSource":"aws:dynamodb"})";
}

std::string array_of(const std::vector<std::string>& records) {
  std::string text = "[";
  for (const std::string& record : records) text += (text.size() > 1 ? "," : "") + record;
  return text + "]";
}

/// A handler that refuses the records at these positions.
auto refuse_at(const std::vector<std::size_t>& positions) {
  return [positions](const auto& record) {
    for (const std::size_t position : positions) {
      if (record.index() == position) throw std::runtime_error("refused");
    }
  };
}

template <class Record>
EventError pipe_refusal(const std::string& payload) {
  try {
    decode<Record>(payload);
  } catch (const EventError& error) {
    return error;
  }
  return {"nothing was thrown", std::nullopt, ""};
}

TEST(Pipes, PassTheMessagesOfAQueueAsTheyAre) {
  const BatchProcessor<SqsRecord> processor;
  EXPECT_EQ(
      process_partial_response(array_of({pipe_message("m1"), pipe_message("m2")}), refuse_at({1}), processor),
      R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})");
}

TEST(Pipes, PassAnArrayOfOneMessage) {
  const auto event = decode<SqsRecord>(" [" + pipe_message("m1") + "] ");
  ASSERT_EQ(event.size(), 1U);
  EXPECT_EQ(event.records()[0].body(), "{}");
}

TEST(Pipes, PassAnEmptyArrayAsAnEmptyBatch) {
  EXPECT_EQ(decode<SqsRecord>("[]").size(), 0U);
  EXPECT_EQ(decode<KinesisStreamRecord>("[]").size(), 0U);
  EXPECT_EQ(decode<DynamoDbRecord>("[ ]").size(), 0U);
}

TEST(Pipes, KeepTheOrderOfAFifoQueue) {
  const SqsFifoPartialProcessor processor;
  const std::string payload =
      array_of({pipe_message("m1", "o.fifo"), pipe_message("m2", "o.fifo"), pipe_message("m3", "o.fifo")});
  EXPECT_EQ(process_partial_response(payload, refuse_at({1}), processor),
            R"({"batchItemFailures":[{"itemIdentifier":"m2"},{"itemIdentifier":"m3"}]})");
}

TEST(Pipes, NameTheMessageOfAFifoQueueThatBatchProcessorRefuses) {
  try {
    static_cast<void>(process_partial_response(array_of({pipe_message("m1", "o.fifo")}), refuse_at({}),
                                               BatchProcessor<SqsRecord>()));
    FAIL() << "not refused";
  } catch (const EventError& error) {
    EXPECT_EQ(error.json_pointer(), "/0/eventSourceARN");
  }
}

TEST(Pipes, WriteTheRecordsOfAStreamFlat) {
  const auto event = decode<KinesisStreamRecord>(array_of({flat_record("4959")}));
  const KinesisStreamRecord& record = event.records()[0];
  EXPECT_EQ(record.item_identifier(), "shardId-000000000006:4959");
  EXPECT_EQ(record.sequence_number(), "4959");
  EXPECT_EQ(record.data(), "hello");
  EXPECT_EQ(record.partition_key(), "key");
  EXPECT_EQ(record.shard_id(), "shardId-000000000006");
  EXPECT_EQ(record.kinesis_schema_version(), "1.0");
}

TEST(Pipes, AreAnsweredByTheEventIdOfAStream) {
  const std::string payload = array_of({flat_record("9"), flat_record("10"), flat_record("11")});
  const BatchProcessor<KinesisStreamRecord> processor;
  EXPECT_EQ(process_partial_response(payload, refuse_at({1}), processor),
            R"({"batchItemFailures":[{"itemIdentifier":"shardId-000000000006:10"}]})");
}

// A pipe delivers only the reported records again: all that was not handled is reported.
TEST(Pipes, AreToldOfEachRecordThatWasNotHandled) {
  const std::string payload = array_of({flat_record("9"), flat_record("10"), flat_record("11")});
  const BatchProcessor<KinesisStreamRecord> processor({.stop_on_first_failure = true});
  EXPECT_EQ(process_partial_response(payload, refuse_at({1}), processor),
            R"({"batchItemFailures":[{"itemIdentifier":"shardId-000000000006:10"},)"
            R"({"itemIdentifier":"shardId-000000000006:11"}]})");
}

TEST(Pipes, HaveACheckpointThatIsASequenceNumber) {
  const auto event = decode<KinesisStreamRecord>(array_of({flat_record("10"), flat_record("9")}));
  const BatchProcessor<KinesisStreamRecord> processor({.raise_on_entire_batch_failure = false});
  EXPECT_EQ(processor.process(event, refuse_at({0, 1})).checkpoint(), "9");
}

TEST(Pipes, PassTheChangesOfATableAsTheyAre) {
  const auto event =
      decode<DynamoDbRecord>(array_of({pipe_change("id-1", "111"), pipe_change("id-2", "222")}));
  EXPECT_EQ(event.records()[1].item_identifier(), "id-2");
  EXPECT_EQ(event.records()[1].sequence_number(), "222");
  EXPECT_EQ(event.records()[1].kind(), ChangeKind::insert);
  const auto batch = BatchProcessor<DynamoDbRecord>().process(event, refuse_at({1}));
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("id-2"));
  EXPECT_EQ(batch.checkpoint(), "222");
}

TEST(Pipes, MayLeaveOutTheSequenceNumber) {
  const auto event =
      decode<KinesisStreamRecord>(R"([{"eventSource":"aws:kinesis","eventID":"s:1","data":"aGk="}])");
  EXPECT_EQ(event.records()[0].sequence_number(), "");
  EXPECT_EQ(event.records()[0].data(), "hi");
}

TEST(Pipes, AreRefusedWithoutAnEventId) {
  const EventError missing = pipe_refusal<KinesisStreamRecord>(
      array_of({flat_record("1"), R"({"eventSource":"aws:kinesis","sequenceNumber":"2"})"}));
  EXPECT_EQ(missing.json_pointer(), "/1/eventID");
  EXPECT_EQ(missing.record_index(), 1U);
  EXPECT_EQ(pipe_refusal<DynamoDbRecord>(array_of({pipe_change("", "1")})).json_pointer(), "/0/eventID");
  EXPECT_EQ(pipe_refusal<SqsRecord>(R"([{"eventSource":"aws:sqs"}])").json_pointer(), "/0/messageId");
}

TEST(Pipes, OfAnotherSourceAreRefusedByName) {
  EXPECT_THAT(pipe_refusal<SqsRecord>(array_of({flat_record("1")})).what(),
              HasSubstr("/0/eventSource: this record is from \"aws:kinesis\", but the processor is for "
                        "\"aws:sqs\"; use BatchProcessor<KinesisStreamRecord>"));
  EXPECT_THAT(pipe_refusal<KafkaRecord>(array_of({pipe_message("m1")})).what(),
              HasSubstr("as EventBridge Pipes passes it: use BatchProcessor<SqsRecord>"));
  EXPECT_THAT(pipe_refusal<KafkaRecord>(R"([{"eventSource":"aws:kafka"}])").what(),
              HasSubstr("let an event source mapping invoke the function"));
}

TEST(Pipes, WhoseTextGoesOnAreRefused) {
  EXPECT_THAT(pipe_refusal<SqsRecord>(array_of({pipe_message("m1")}) + "]").what(),
              HasSubstr("text follows the event"));
  EXPECT_THAT(pipe_refusal<SqsRecord>("[" + pipe_message("m1")).what(), HasSubstr("truncated"));
}

TEST(Pipes, NameTheFieldOfAFlatRecordThatCannotBeRead) {
  const auto event = decode<KinesisStreamRecord>(array_of({flat_record("1"), flat_record("2", "?")}));
  try {
    event.records()[1].data();
    FAIL() << "nothing was thrown";
  } catch (const RecordError& error) {
    EXPECT_EQ(error.json_pointer(), "/1/data");
  }
}

}  // namespace
}  // namespace batchproof
