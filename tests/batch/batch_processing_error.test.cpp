#include <batchproof/batch_processing_error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

void reject(const SqsRecord& record) { throw std::runtime_error("no " + std::string(record.message_id())); }

/// The error of a batch whose event and outcome are gone.
template <class Handler, class Processor>
BatchProcessingError error_of(const std::string& payload, Handler&& handler, const Processor& processor) {
  try {
    static_cast<void>(process_partial_response(payload, handler, processor));
  } catch (const BatchProcessingError& error) {
    return error;
  }
  throw std::logic_error("the batch did not fail");
}

TEST(BatchProcessingError, HasOneExceptionForEachRecordInBatchOrder) {
  const auto error =
      error_of(event_of({sqs_record("1"), sqs_record("2")}), reject, BatchProcessor<SqsRecord>{});
  ASSERT_EQ(error.exceptions().size(), 2U);
  for (std::size_t index = 0; index < 2; ++index) {
    try {
      std::rethrow_exception(error.exceptions()[index]);
    } catch (const std::runtime_error& cause) {
      EXPECT_EQ(cause.what(), "no " + std::to_string(index + 1));
    }
  }
}

TEST(BatchProcessingError, HasTheCompleteResponse) {
  const auto error =
      error_of(event_of({sqs_record("1"), sqs_record("2")}), reject, BatchProcessor<SqsRecord>{});
  EXPECT_THAT(error.response().item_identifiers(), ElementsAre("1", "2"));
  EXPECT_EQ(error.response().to_json(),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"2"}]})");
}

TEST(BatchProcessingError, HasACircuitBreakerErrorForRecordsNeverHandled) {
  const auto error =
      error_of(event_of({fifo_record("1"), fifo_record("2")}), reject, SqsFifoPartialProcessor{});
  ASSERT_EQ(error.exceptions().size(), 2U);
  EXPECT_THROW(std::rethrow_exception(error.exceptions()[0]), std::runtime_error);
  EXPECT_THROW(std::rethrow_exception(error.exceptions()[1]), CircuitBreakerError);
}

TEST(BatchProcessingError, QuotesTheFirstCauses) {
  const auto error =
      error_of(batch_of<SqsRecord>({"a", "b", "c", "d", "e"}), reject, BatchProcessor<SqsRecord>{});
  EXPECT_STREQ(error.what(),
               "all 5 records of the batch failed: record 0 (a): no a; record 1 (b): no b; record 2 (c): no "
               "c; and 2 more");
}

TEST(BatchProcessingError, QuotesTheCauseOfASingleRecord) {
  const auto error = error_of(batch_of<SqsRecord>({"a"}), reject, BatchProcessor<SqsRecord>{});
  EXPECT_THAT(error.what(), EndsWith("record 0 (a): no a"));
}

TEST(BatchProcessingError, CutsALongCauseBetweenCharacters) {
  std::string cause = "x";
  for (int count = 0; count < 300; ++count) cause += "\xC3\xA9";
  const auto error = error_of(
      batch_of<SqsRecord>({"a"}), [&](const SqsRecord&) { throw std::runtime_error(cause); },
      BatchProcessor<SqsRecord>{});
  EXPECT_THAT(error.what(), EndsWith("\xC3\xA9..."));
  EXPECT_THAT(error.what(), Not(HasSubstr(cause)));
}

TEST(BatchProcessingError, QuotesTwoHundredBytesInFull) {
  const std::string cause(200, 'x');
  const auto error = error_of(
      batch_of<SqsRecord>({"a"}), [&](const SqsRecord&) { throw std::runtime_error(cause); },
      BatchProcessor<SqsRecord>{});
  EXPECT_THAT(error.what(), EndsWith(": " + cause));
}

TEST(BatchProcessingError, QuotesNoHalfCharacterOfACauseThatIsNoText) {
  const auto error = error_of(
      batch_of<SqsRecord>({"a"}),
      [](const SqsRecord&) { throw std::runtime_error(std::string(300, '\x80')); },
      BatchProcessor<SqsRecord>{});
  EXPECT_THAT(error.what(), EndsWith("record 0 (a): ..."));
}

TEST(BatchProcessingError, QuotesWhatFollowsAZeroByte) {
  struct Result {
    bool has_value() const { return false; }
    std::string error() const { return std::string("no\0stock", 8); }
  };
  const auto error = error_of(
      batch_of<SqsRecord>({"a", "b"}), [](const SqsRecord&) { return Result{}; },
      BatchProcessor<SqsRecord>{});
  EXPECT_STREQ(error.what(),
               "all 2 records of the batch failed: record 0 (a): no stock; record 1 (b): no stock");
}

TEST(BatchProcessingError, OutlivesItsEvent) {
  std::optional<BatchProcessingError> error;
  {
    std::string payload = batch_of<SqsRecord>({R"(an identifier long enough for the heap \u00e9)", "2"});
    const auto event = decode<SqsRecord>(std::move(payload));
    const auto batch = BatchProcessor<SqsRecord>{}.process(event, [](const SqsRecord& record) {
      throw std::runtime_error(std::string(record.message_id()) + " with a cause long enough for the heap");
    });
    try {
      batch.response();
    } catch (const BatchProcessingError& raised) {
      error = raised;
    }
  }
  ASSERT_TRUE(error);
  EXPECT_THAT(error->what(), HasSubstr("long enough for the heap \xC3\xA9 with a cause"));
  EXPECT_EQ(error->response().item_identifiers()[0], "an identifier long enough for the heap \xC3\xA9");
  EXPECT_THROW(std::rethrow_exception(error->exceptions()[0]), std::runtime_error);
}

TEST(BatchProcessingError, SharesNothingWithTheNextBatch) {
  const BatchProcessor<SqsRecord> processor;
  const auto first = error_of(batch_of<SqsRecord>({"1"}), reject, processor);
  const auto second = error_of(batch_of<SqsRecord>({"2", "3"}), reject, processor);
  EXPECT_THAT(first.response().item_identifiers(), ElementsAre("1"));
  EXPECT_THAT(second.response().item_identifiers(), ElementsAre("2", "3"));
}

TEST(BatchProcessingError, KeepsItsContentInCopies) {
  auto original = std::optional(error_of(batch_of<SqsRecord>({"1"}), reject, BatchProcessor<SqsRecord>{}));
  const BatchProcessingError copy = *original;
  original.reset();
  EXPECT_THAT(copy.what(), HasSubstr("no 1"));
  EXPECT_THAT(copy.response().item_identifiers(), ElementsAre("1"));
  EXPECT_EQ(copy.exceptions().size(), 1U);
  static_assert(std::is_nothrow_copy_constructible_v<BatchProcessingError>);
}

TEST(BatchProcessingError, IsRaisedEachTimeTheResponseIsAsked) {
  const auto event = decode<SqsRecord>(batch_of<SqsRecord>({"1"}));
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, reject);
  EXPECT_THROW(batch.response(), BatchProcessingError);
  EXPECT_THROW(batch.to_json(), BatchProcessingError);
  EXPECT_THROW(batch.response(), BatchProcessingError);
}

}  // namespace
}  // namespace batchproof
