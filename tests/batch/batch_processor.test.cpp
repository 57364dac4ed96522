#include <batchproof/batch_processor.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "events.hpp"
#include "sources.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <class Record>
class BatchProcessorOf : public ::testing::Test {
 protected:
  /// Fails the records whose mark is 'x'; remembers what it handled.
  struct Handler {
    std::string_view pattern;
    std::vector<std::string>& handled;
    void operator()(const Record& record) const {
      handled.emplace_back(record.item_identifier());
      if (pattern[record.index()] == 'x')
        throw std::runtime_error("rejected " + std::string(record.item_identifier()));
    }
  };

  /// A batch with identifiers 10, 11, ... as long as the pattern.
  static std::string payload_for(std::string_view pattern) {
    std::vector<std::string> identifiers;
    for (std::size_t index = 0; index < pattern.size(); ++index)
      identifiers.push_back(std::to_string(10 + index));
    return batch_of<Record>(identifiers);
  }

  std::string respond(std::string_view pattern, const BatchProcessor<Record>& processor = {}) {
    handled.clear();
    return process_partial_response(payload_for(pattern), Handler{pattern, handled}, processor);
  }

  std::vector<std::string> handled;
};

TYPED_TEST_SUITE(BatchProcessorOf, AllSources, SourceNames);

TYPED_TEST(BatchProcessorOf, ReportsNothingWhenEveryRecordSucceeded) {
  EXPECT_EQ(this->respond("ooo"), R"({"batchItemFailures":[]})");
  EXPECT_THAT(this->handled, ElementsAre("10", "11", "12"));
}

TYPED_TEST(BatchProcessorOf, ReportsTheFailedRecordsInBatchOrder) {
  EXPECT_EQ(this->respond("xoxo"),
            R"({"batchItemFailures":[{"itemIdentifier":"10"},{"itemIdentifier":"12"}]})");
}

TYPED_TEST(BatchProcessorOf, HandlesEveryRecordOnceInBatchOrderWhateverFails) {
  this->respond("xoxxo");
  EXPECT_THAT(this->handled, ElementsAre("10", "11", "12", "13", "14"));
}

TYPED_TEST(BatchProcessorOf, TakesAnEmptyBatchForASuccess) {
  EXPECT_EQ(this->respond(""), R"({"batchItemFailures":[]})");
  EXPECT_THAT(this->handled, IsEmpty());
}

TYPED_TEST(BatchProcessorOf, RaisesWhenEveryRecordFailed) {
  EXPECT_THROW(this->respond("xx"), BatchProcessingError);
  EXPECT_THROW(this->respond("x"), BatchProcessingError);
}

TYPED_TEST(BatchProcessorOf, ReportsEveryRecordWhenItIsToldNotToRaise) {
  const BatchProcessor<TypeParam> processor{{.raise_on_entire_batch_failure = false}};
  EXPECT_EQ(this->respond("xx", processor),
            R"({"batchItemFailures":[{"itemIdentifier":"10"},{"itemIdentifier":"11"}]})");
}

TYPED_TEST(BatchProcessorOf, RemembersNothingOfTheBatchBefore) {
  const BatchProcessor<TypeParam> processor;
  const std::string failed = this->respond("oxo", processor);
  EXPECT_THROW(this->respond("xx", processor), BatchProcessingError);
  EXPECT_EQ(this->respond("ooo", processor), R"({"batchItemFailures":[]})");
  EXPECT_EQ(this->respond("oxo", processor), failed);
}

TYPED_TEST(BatchProcessorOf, TellsOfEachRecordWhatBecameOfIt) {
  const auto event = decode<TypeParam>(this->payload_for("oxo"));
  const auto batch =
      BatchProcessor<TypeParam>{}.process(event, typename TestFixture::Handler{"oxo", this->handled});
  ASSERT_EQ(batch.messages().size(), 3U);
  EXPECT_EQ(batch.messages()[0].status, Status::success);
  EXPECT_EQ(batch.messages()[0].cause, "");
  EXPECT_EQ(batch.messages()[0].exception, nullptr);
  EXPECT_EQ(batch.messages()[1].status, Status::failure);
  EXPECT_EQ(batch.messages()[1].cause, "rejected 11");
  EXPECT_THROW(std::rethrow_exception(batch.messages()[1].exception), std::runtime_error);
  EXPECT_EQ(batch.messages()[2].record.item_identifier(), "12");
}

TYPED_TEST(BatchProcessorOf, ContainsWhateverTheHandlerThrows) {
  struct Unusual {};
  const auto event = decode<TypeParam>(this->payload_for("xxxxxo"));
  const auto batch = BatchProcessor<TypeParam>{}.process(event, [](const TypeParam& record) {
    switch (record.index()) {
      case 0:
        throw 42;
      case 1:
        throw "text";
      case 2:
        throw Unusual{};
      case 3:
        throw std::runtime_error("");
      case 4:
        throw std::exception_ptr{};
      default:
        return;
    }
  });
  ASSERT_EQ(batch.messages().size(), 6U);
  for (std::size_t index = 0; index < 5; ++index) {
    EXPECT_EQ(batch.messages()[index].status, Status::failure);
    EXPECT_NE(batch.messages()[index].cause, "");
    EXPECT_NE(batch.messages()[index].exception, nullptr);
  }
  EXPECT_THAT(batch.messages()[0].cause, HasSubstr("int"));
  EXPECT_THAT(batch.messages()[2].cause, HasSubstr("Unusual"));
  EXPECT_THAT(batch.messages()[3].cause, HasSubstr("runtime_error"));
  EXPECT_EQ(batch.messages()[5].status, Status::success);
}

TYPED_TEST(BatchProcessorOf, FailsARecordWhoseFieldCannotBeRead) {
  const auto event = decode<TypeParam>(
      event_of({with(Source<TypeParam>::record("1"), R"("awsRegion":"us-east)", R"("awsRegion":"\q)"),
                Source<TypeParam>::record("2")}));
  const auto batch =
      BatchProcessor<TypeParam>{}.process(event, [](const TypeParam& record) { (void)record.aws_region(); });
  EXPECT_THAT(batch.messages()[0].cause, HasSubstr("/Records/0/awsRegion"));
  EXPECT_EQ(batch.messages()[1].status, Status::success);
}

TYPED_TEST(BatchProcessorOf, ReportsARepeatedIdentifierOnce) {
  int call = 0;
  const std::string response = process_partial_response(
      batch_of<TypeParam>({"7", "8", "7", "7"}),
      [&](const TypeParam&) {
        if (++call != 2) throw std::runtime_error("no");
      },
      BatchProcessor<TypeParam>{});
  EXPECT_EQ(response, R"({"batchItemFailures":[{"itemIdentifier":"7"}]})");
  EXPECT_EQ(call, 4);
}

TYPED_TEST(BatchProcessorOf, ReportsATwinThatFailedAlthoughItsTwinSucceeded) {
  int call = 0;
  const std::string response = process_partial_response(
      batch_of<TypeParam>({"7", "7"}),
      [&](const TypeParam&) {
        if (++call == 1) throw std::runtime_error("no");
      },
      BatchProcessor<TypeParam>{});
  EXPECT_EQ(response, R"({"batchItemFailures":[{"itemIdentifier":"7"}]})");
}

TYPED_TEST(BatchProcessorOf, ReportsAnIdentifierWithEscapesAsTheServiceReadsIt) {
  const std::string response = process_partial_response(
      batch_of<TypeParam>({R"(a\"\\\u0001\u00e9\/)", "b"}),
      [](const TypeParam& record) {
        if (record.index() == 0) throw std::runtime_error("no");
      },
      BatchProcessor<TypeParam>{});
  EXPECT_EQ(response, "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\\\"\\\\\\u0001\xC3\xA9/\"}]}");
}

TYPED_TEST(BatchProcessorOf, ProcessesTenThousandRecords) {
  std::string pattern(10'000, 'o');
  pattern[9'999] = 'x';
  EXPECT_EQ(this->respond(pattern), R"({"batchItemFailures":[{"itemIdentifier":"10009"}]})");
  EXPECT_EQ(this->handled.size(), 10'000U);
}

TYPED_TEST(BatchProcessorOf, ProcessesMoreRecordsThanAwsSends) {
  EXPECT_EQ(this->respond(std::string(10'050, 'o')), R"({"batchItemFailures":[]})");
}

TYPED_TEST(BatchProcessorOf, LeavesTheRecordsUsableAfterwards) {
  const auto event = decode<TypeParam>(this->payload_for("oo"));
  const BatchProcessor<TypeParam> processor;
  const auto first = processor.process(event, [](const TypeParam&) {});
  const auto again = processor.process(event, [](const TypeParam&) { throw std::runtime_error("no"); });
  EXPECT_EQ(first.to_json(), R"({"batchItemFailures":[]})");
  EXPECT_THROW(again.to_json(), BatchProcessingError);
  EXPECT_EQ(first.messages()[1].record.item_identifier(), "11");
}

template <class Record>
class StreamProcessorOf : public BatchProcessorOf<Record> {};

TYPED_TEST_SUITE(StreamProcessorOf, StreamSources, SourceNames);

TYPED_TEST(StreamProcessorOf, HandlesNothingAfterTheFirstFailureWhenToldToStop) {
  const BatchProcessor<TypeParam> processor{{.stop_on_first_failure = true}};
  EXPECT_EQ(
      this->respond("oxoo", processor),
      R"({"batchItemFailures":[{"itemIdentifier":"11"},{"itemIdentifier":"12"},{"itemIdentifier":"13"}]})");
  EXPECT_THAT(this->handled, ElementsAre("10", "11"));
}

TYPED_TEST(StreamProcessorOf, SaysWhyARecordWasNotHandled) {
  const BatchProcessor<TypeParam> processor{{.stop_on_first_failure = true}};
  const auto event = decode<TypeParam>(this->payload_for("oxo"));
  const auto batch = processor.process(event, typename TestFixture::Handler{"oxo", this->handled});
  EXPECT_THAT(batch.messages()[2].cause, HasSubstr("not handled: record 1 (11) failed before it"));
  EXPECT_THROW(std::rethrow_exception(batch.messages()[2].exception), StreamCircuitBreakerError);
}

TYPED_TEST(StreamProcessorOf, RaisesWhenTheFirstRecordStopsAllOthers) {
  const BatchProcessor<TypeParam> processor{{.stop_on_first_failure = true}};
  EXPECT_THROW(this->respond("xoo", processor), BatchProcessingError);
  EXPECT_THAT(this->handled, ElementsAre("10"));
}

TEST(BatchProcessorOfFifoQueues, RefusesTheEventBeforeAnythingIsHandled) {
  int handled = 0;
  try {
    static_cast<void>(process_partial_response(
        event_of({sqs_record("1"), fifo_record("2")}), [&](const SqsRecord&) { ++handled; },
        BatchProcessor<SqsRecord>{}));
    FAIL() << "accepted";
  } catch (const EventError& error) {
    EXPECT_THAT(error.what(), HasSubstr("SqsFifoPartialProcessor"));
    EXPECT_EQ(error.record_index(), 1U);
    EXPECT_EQ(error.json_pointer(), "/Records/1/eventSourceARN");
  }
  EXPECT_EQ(handled, 0);
}

TEST(BatchProcessorOfFifoQueues, AcceptsTheEventWhenAllowed) {
  const BatchProcessor<SqsRecord> processor{{.allow_fifo = true}};
  EXPECT_EQ(process_partial_response(
                event_of({fifo_record("1")}), [](const SqsRecord&) {}, processor),
            R"({"batchItemFailures":[]})");
}

TEST(BatchProcessorOfFairQueues, IsNotStoppedByAGroup) {
  const std::string fair = with(sqs_record("1"), R"("SenderId")", R"("MessageGroupId":"tenant","SenderId")");
  const auto event = decode<SqsRecord>(event_of({fair, with(fair, R"("1")", R"("2")")}));
  EXPECT_EQ(event.records()[0].message_group_id(), "tenant");
  int handled = 0;
  const auto batch = BatchProcessor<SqsRecord>{}.process(event, [&](const SqsRecord&) {
    if (++handled == 1) throw std::runtime_error("no");
  });
  EXPECT_EQ(handled, 2);
  EXPECT_EQ(batch.response().item_identifiers().size(), 1U);
}

}  // namespace
}  // namespace batchproof
