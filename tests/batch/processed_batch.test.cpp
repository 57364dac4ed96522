#include <batchproof/processed_batch.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "events.hpp"
#include "sources.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;

template <class Record>
class CheckpointOf : public ::testing::Test {
 protected:
  /// The checkpoint after the records marked 'x' failed.
  static std::optional<std::string> checkpoint(const std::vector<std::string>& sequence_numbers,
                                               const std::string& marks, bool stop_on_first_failure = false) {
    const auto event = decode<Record>(batch_of<Record>(sequence_numbers));
    const BatchProcessor<Record> processor{{.stop_on_first_failure = stop_on_first_failure}};
    const auto batch = processor.process(event, [&](const Record& record) {
      if (marks[record.index()] == 'x') throw std::runtime_error("rejected");
    });
    return batch.checkpoint();
  }
};

TYPED_TEST_SUITE(CheckpointOf, StreamSources, SourceNames);

TYPED_TEST(CheckpointOf, IsNoneWhenEveryRecordSucceeded) {
  EXPECT_EQ(this->checkpoint({"1", "2"}, "oo"), std::nullopt);
  EXPECT_EQ(this->checkpoint({}, ""), std::nullopt);
}

TYPED_TEST(CheckpointOf, IsTheLowestFailedSequenceNumber) {
  EXPECT_EQ(this->checkpoint({"1", "2", "3", "4"}, "oxox"), "2");
}

TYPED_TEST(CheckpointOf, ComparesNumbersAndNotText) {
  EXPECT_EQ(this->checkpoint({"100", "99", "1000"}, "xxx"), "99");
  EXPECT_EQ(this->checkpoint({"10", "9"}, "xx"), "9");
}

TYPED_TEST(CheckpointOf, ComparesNumbersOfAnyLength) {
  const std::string lower = "49590338271490256608559692538361571095921575989136588898";
  const std::string higher = "49590338271490256608559692538361571095921575989136588899";
  EXPECT_EQ(this->checkpoint({higher, lower}, "xx"), lower);
  EXPECT_EQ(this->checkpoint({higher, "9" + std::string(40, '0')}, "xx"), "9" + std::string(40, '0'));
  EXPECT_EQ(this->checkpoint({"18446744073709551617", "2"}, "xx"), "2");
}

TYPED_TEST(CheckpointOf, ReadsThroughLeadingZeros) {
  EXPECT_EQ(this->checkpoint({"0010", "9", "00008"}, "xxx"), "00008");
  EXPECT_EQ(this->checkpoint({"1", "000"}, "xx"), "000");
  EXPECT_EQ(this->checkpoint({"0009", "10"}, "xx"), "0009");
}

TYPED_TEST(CheckpointOf, IsTheFirstOfTwoThatAreTheSameNumber) {
  EXPECT_EQ(this->checkpoint({"9", "7", "007"}, "xxx"), "7");
}

TYPED_TEST(CheckpointOf, IsTheFirstFailureWhenItStoppedThere) {
  EXPECT_EQ(this->checkpoint({"7", "8", "9"}, "oxo", true), "8");
}

TYPED_TEST(CheckpointOf, DoesNotRaiseWhenEveryRecordFailed) {
  EXPECT_EQ(this->checkpoint({"5", "6"}, "xx"), "5");
}

template <class Batch>
concept HasCheckpoint = requires(const Batch& batch) {
  batch.checkpoint();
};

TEST(ProcessedBatch, HasNoCheckpointForAQueue) {
  static_assert(!HasCheckpoint<ProcessedBatch<SqsRecord>>);
  static_assert(HasCheckpoint<ProcessedBatch<KinesisStreamRecord>>);
  static_assert(HasCheckpoint<ProcessedBatch<DynamoDbRecord>>);
}

TEST(ProcessedBatch, MirrorsTheBatchTwinsIncluded) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"a", "b", "a"}));
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord&) {});
  std::vector<std::string> identifiers;
  for (const auto& message : batch.messages()) identifiers.emplace_back(message.record.message_id());
  EXPECT_THAT(identifiers, ElementsAre("a", "b", "a"));
}

TEST(ProcessedBatch, MirrorsTheBatchAfterACircuitBroke) {
  const auto event = decode<SqsRecord>(event_of({fifo_record("1"), fifo_record("2"), fifo_record("3")}));
  const auto batch =
      SqsFifoPartialProcessor{}.process(event, [](const SqsRecord&) { throw std::runtime_error("no"); });
  ASSERT_EQ(batch.messages().size(), 3U);
  EXPECT_EQ(batch.messages()[2].record.message_id(), "3");
}

TEST(ProcessedBatch, GivesTheSameResponseEachTime) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1", "2"}));
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) {
    if (record.index() == 0) throw std::runtime_error("no");
  });
  EXPECT_EQ(batch.to_json(), batch.response().to_json());
  EXPECT_EQ(batch.to_json(), batch.to_json());
}

TEST(ProcessedBatch, TellsOfEachRecordThatWasNotHandledWhatStoppedIt) {
  const auto event = decode<SqsRecord>(
      event_of({fifo_record("1", "a"), fifo_record("2", "b"), fifo_record("3", "a"), fifo_record("4", "b")}));
  const auto batch = SqsFifoPartialProcessor{{.skip_group_on_error = true}}.process(
      event, [](const SqsRecord&) { throw std::runtime_error("no"); });
  EXPECT_EQ(batch.messages()[0].cause, "no");
  EXPECT_EQ(batch.messages()[2].cause, "not handled: record 0 (1) failed before it");
  EXPECT_EQ(batch.messages()[3].cause, "not handled: record 1 (2) failed before it");
  EXPECT_THROW(std::rethrow_exception(batch.messages()[3].exception), SqsFifoMessageGroupCircuitBreakerError);
}

TEST(ProcessedBatch, CanBeMovedAndCopied) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
  auto batch =
      BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) { return record.body(); });
  const auto copy = batch;
  const auto moved = std::move(batch);
  EXPECT_EQ(copy.messages()[0].result, "hello");
  EXPECT_EQ(moved.messages()[0].result, "hello");
}

TEST(ProcessedBatch, LivesOnACopyOfItsEvent) {
  std::optional<Event<SqsRecord>> kept;
  const auto batch = [&] {
    const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
    kept = event;
    return BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) { return record.body(); });
  }();
  EXPECT_EQ(batch.messages()[0].result, "hello");
  EXPECT_EQ(batch.messages()[0].record.message_id(), "1");
}

TEST(ProcessedBatch, ThatWasMovedFromHasNoResponse) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"m1", "m2"}));
  const BatchProcessor<SqsRecord> processor;
  auto batch = processor.process(event, [](const SqsRecord& record) {
    if (record.index() == 1) throw std::runtime_error("rejected");
  });
  const auto moved = std::move(batch);
  EXPECT_EQ(moved.to_json(), R"({"batchItemFailures":[{"itemIdentifier":"m2"}]})");
  EXPECT_THROW(batch.to_json(), std::logic_error);   // NOLINT(bugprone-use-after-move): what it is for
  EXPECT_THROW(batch.response(), std::logic_error);  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace batchproof
