#include <batchproof/sqs_fifo_partial_processor.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The outcome of a batch of groups such as "aab-", where '-' has none, and marks such as "oxoo".
struct Outcome {
  std::string handled;   ///< positions, such as "012"
  std::string reported;  ///< positions
};

Outcome process(std::string_view groups, std::string_view marks, const SqsFifoPartialProcessor& processor) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < groups.size(); ++index) {
    records.push_back(
        fifo_record(std::to_string(index), groups[index] == '-' ? "" : groups.substr(index, 1)));
  }
  Outcome outcome;
  const auto event = decode<SqsRecord>(event_of(records));
  const auto batch = processor.process(event, [&](const SqsRecord& record) {
    outcome.handled += record.message_id();
    if (marks[record.index()] == 'x') throw std::runtime_error("rejected");
  });
  for (const auto& message : batch.messages()) {
    if (message.status == Status::failure) outcome.reported += message.record.message_id();
  }
  return outcome;
}

const SqsFifoPartialProcessor stop_all{};
const SqsFifoPartialProcessor skip_group{{.skip_group_on_error = true}};

TEST(SqsFifoPartialProcessor, ReportsNothingWhenEveryRecordSucceeded) {
  EXPECT_EQ(process("abab", "oooo", stop_all).handled, "0123");
  EXPECT_EQ(process("abab", "oooo", stop_all).reported, "");
}

TEST(SqsFifoPartialProcessor, ReportsTheFirstFailureAndEverythingAfterIt) {
  const Outcome outcome = process("abab", "oxoo", stop_all);
  EXPECT_EQ(outcome.handled, "01");
  EXPECT_EQ(outcome.reported, "123");
}

TEST(SqsFifoPartialProcessor, ReportsALastFailureAlone) {
  EXPECT_EQ(process("abab", "ooox", stop_all).reported, "3");
}

TEST(SqsFifoPartialProcessor, RaisesWhenTheFirstRecordFails) {
  EXPECT_THROW((void)process_partial_response(
                   event_of({fifo_record("1"), fifo_record("2")}),
                   [](const SqsRecord&) { throw std::runtime_error("no"); }, stop_all),
               BatchProcessingError);
}

TEST(SqsFifoPartialProcessor, ReportsEveryRecordWhenItIsToldNotToRaise) {
  const SqsFifoPartialProcessor processor{{.raise_on_entire_batch_failure = false}};
  EXPECT_EQ(process_partial_response(
                event_of({fifo_record("1"), fifo_record("2")}),
                [](const SqsRecord&) { throw std::runtime_error("no"); }, processor),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"2"}]})");
}

TEST(SqsFifoPartialProcessor, SaysWhyARecordWasNotHandled) {
  const auto event = decode<SqsRecord>(event_of({fifo_record("a"), fifo_record("b"), fifo_record("c")}));
  const auto batch = stop_all.process(event, [](const SqsRecord& record) {
    if (record.index() == 1) throw std::runtime_error("rejected");
  });
  EXPECT_EQ(batch.messages()[1].cause, "rejected");
  EXPECT_EQ(batch.messages()[2].cause, "not handled: record 1 (b) failed before it");
  EXPECT_THROW(std::rethrow_exception(batch.messages()[2].exception), SqsFifoCircuitBreakerError);
}

TEST(SqsFifoPartialProcessor, TakesAnEmptyBatchForASuccess) {
  EXPECT_EQ(process_partial_response(R"({"Records":[]})", [](const SqsRecord&) {}, stop_all),
            R"({"batchItemFailures":[]})");
}

TEST(SqsFifoPartialProcessor, RemembersNoFailureOfTheBatchBefore) {
  process("aa", "xo", skip_group);
  EXPECT_EQ(process("aa", "oo", skip_group).handled, "01");
  process("aa", "xo", stop_all);
  EXPECT_EQ(process("aa", "oo", stop_all).handled, "01");
}

TEST(SqsFifoPartialProcessor, AcceptsAStandardQueueInOrder) {
  const auto event = decode<SqsRecord>(event_of({sqs_record("1"), sqs_record("2")}));
  const auto batch = stop_all.process(event, [](const SqsRecord& record) {
    if (record.index() == 0) throw std::runtime_error("no");
  });
  EXPECT_EQ(batch.messages()[1].status, Status::failure);
}

TEST(SqsFifoSkippingGroups, StopsTheFailedGroupAndNoOther) {
  const Outcome outcome = process("abcab", "xoooo", skip_group);
  EXPECT_EQ(outcome.handled, "0124");
  EXPECT_EQ(outcome.reported, "03");
}

TEST(SqsFifoSkippingGroups, StopsEachGroupAtItsOwnFirstFailure) {
  const Outcome outcome = process("abababc", "oxxoooo", skip_group);
  EXPECT_EQ(outcome.handled, "0126");
  EXPECT_EQ(outcome.reported, "12345");
}

TEST(SqsFifoSkippingGroups, StopsEverythingAfterAFailureWithoutAGroup) {
  const Outcome outcome = process("a-ba-", "oxooo", skip_group);
  EXPECT_EQ(outcome.handled, "01");
  EXPECT_EQ(outcome.reported, "1234");
}

TEST(SqsFifoSkippingGroups, StopsARecordWithoutAGroupAfterAnyFailureAndAllThatFollows) {
  const Outcome outcome = process("ab-bc", "xoooo", skip_group);
  EXPECT_EQ(outcome.handled, "01");
  EXPECT_EQ(outcome.reported, "0234");
}

TEST(SqsFifoSkippingGroups, IsNotStoppedByARecordWithoutAGroupThatSucceeded) {
  EXPECT_EQ(process("-a-b", "oooo", skip_group).handled, "0123");
}

TEST(SqsFifoSkippingGroups, KnowsAGroupByItsTextAndNotByItsEscapes) {
  const auto event = decode<SqsRecord>(
      event_of({fifo_record("1", R"(\u0061)"), fifo_record("2", "a"), fifo_record("3", "b")}));
  const auto batch = skip_group.process(event, [](const SqsRecord& record) {
    if (record.index() == 0) throw std::runtime_error("no");
  });
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("1", "2"));
}

TEST(SqsFifoSkippingGroups, TakesAnUnreadableGroupForNone) {
  const std::string unreadable =
      with(fifo_record("2", "b"), R"("MessageGroupId":"b")", R"("MessageGroupId":17)");
  const auto event = decode<SqsRecord>(event_of({fifo_record("1", "a"), unreadable, fifo_record("3", "c")}));
  std::string handled;
  const auto handle = [&](const SqsRecord& record) { handled += record.message_id(); };
  EXPECT_THAT(skip_group.process(event, handle).response().item_identifiers(), IsEmpty());
  EXPECT_EQ(handled, "123");

  handled.clear();
  const auto handle_but_the_first = [&](const SqsRecord& record) {
    if (record.index() == 0) throw std::runtime_error("no");
    handle(record);
  };
  const auto batch =
      SqsFifoPartialProcessor({.skip_group_on_error = true, .raise_on_entire_batch_failure = false})
          .process(event, handle_but_the_first);
  EXPECT_EQ(handled, "");
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre("1", "2", "3"));
}

TEST(SqsFifoSkippingGroups, SaysWhyARecordWasNotHandled) {
  const auto event =
      decode<SqsRecord>(event_of({fifo_record("1", "a"), fifo_record("2", "b"), fifo_record("3", "a")}));
  const auto batch = skip_group.process(event, [](const SqsRecord& record) {
    if (record.index() == 0) throw std::runtime_error("no");
  });
  EXPECT_THAT(batch.messages()[2].cause, HasSubstr("record 0 (1) failed before it"));
  EXPECT_THROW(std::rethrow_exception(batch.messages()[2].exception), SqsFifoMessageGroupCircuitBreakerError);
}

TEST(SqsFifoSkippingGroups, RaisesWhenNothingSucceeded) {
  const auto event = decode<SqsRecord>(event_of({fifo_record("1", "a"), fifo_record("2", "a")}));
  const auto batch = skip_group.process(event, [](const SqsRecord&) { throw std::runtime_error("no"); });
  EXPECT_THROW(batch.response(), BatchProcessingError);
}

TEST(SqsFifoPartialProcessor, TellsAGroupWithoutANameFromNoGroup) {
  const auto event = decode<SqsRecord>(event_of(
      {with(fifo_record("0", "g"), R"("g")", R"("")"), fifo_record("1", ""), fifo_record("2", "b")}));
  std::string handled;
  static_cast<void>(skip_group.process(event, [&](const SqsRecord& record) {
    handled += record.message_id();
    throw std::runtime_error("rejected");
  }));
  EXPECT_EQ(handled, "0");  // and the one without a group stops all after it
}

}  // namespace
}  // namespace batchproof
