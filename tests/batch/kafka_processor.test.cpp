#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <batchproof/batch.hpp>
#include <batchproof/detail/ordering_keys.hpp>
#include <batchproof/detail/run_batch.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "events.hpp"

namespace batchproof {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Processor = BatchProcessor<KafkaRecord>;

/// Three records in each of two partitions, whose lists follow each other.
const std::string two_partitions =
    kafka_event({{"orders-0", {kafka_record(15), kafka_record(16), kafka_record(17)}},
                 {"orders-1",
                  {kafka_record(15, "null", "orders", 1), kafka_record(16, "null", "orders", 1),
                   kafka_record(17, "null", "orders", 1)}}});

/// Notes what it is called with, and rejects the records at these positions.
struct Handler {
  std::vector<std::size_t> rejected;
  std::vector<std::size_t> handled{};

  void operator()(const KafkaRecord& record) {
    handled.push_back(record.index());
    if (std::find(rejected.begin(), rejected.end(), record.index()) != rejected.end())
      throw std::runtime_error("rejected");
  }
};

TEST(KafkaProcessor, AnswersWithObjects) {
  EXPECT_EQ(process_partial_response(two_partitions, Handler{{1, 3}}, Processor{}),
            R"({"batchItemFailures":[{"itemIdentifier":{"partition":"orders-0","offset":16}},)"
            R"({"itemIdentifier":{"partition":"orders-1","offset":15}}]})");
}

TEST(KafkaProcessor, GivesIdentifiersAsTheTextsThatItAnswers) {
  const auto event = decode<KafkaRecord>(two_partitions);
  const auto batch = Processor{}.process(event, Handler{{1, 3}});
  EXPECT_THAT(batch.response().item_identifiers(),
              ElementsAre(kafka_identifier(16), kafka_identifier(15, "orders-1")));
  EXPECT_EQ(batch.response().to_json(), batch.to_json());
}

TEST(KafkaProcessor, GivesIdentifiersOfListsSmallAndLarge) {
  std::vector<std::string> identifiers;
  std::vector<std::pair<std::string, std::vector<std::string>>> lists;
  for (const int count : {1, 20, 3, 200, 20}) {
    const auto partition = static_cast<int>(lists.size());
    const std::string list = "orders-" + std::to_string(partition);
    lists.push_back({list, {}});
    for (int offset = 90; offset < 90 + count; ++offset) {
      lists.back().second.push_back(kafka_record(offset, "null", "orders", partition));
      identifiers.push_back(kafka_identifier(offset, list));
    }
  }
  const std::string payload = kafka_event(lists);
  const auto event = decode<KafkaRecord>(payload);
  std::vector<std::string> seen;
  for (const KafkaRecord& record : event.records()) seen.emplace_back(record.item_identifier());
  EXPECT_EQ(seen, identifiers);
}

TEST(KafkaProcessor, HandlesEveryRecordUnlessToldOtherwise) {
  Handler handler{{0, 1}};
  static_cast<void>(process_partial_response(two_partitions, handler, Processor{}));
  EXPECT_THAT(handler.handled, ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(KafkaProcessor, StopsAPartitionAtItsFirstFailureAndNoOther) {
  const Processor processor({.stop_on_first_failure = true});
  Handler handler{{1}};
  const auto event = decode<KafkaRecord>(two_partitions);
  const auto batch = processor.process(event, handler);
  EXPECT_THAT(handler.handled, ElementsAre(0, 1, 3, 4, 5));
  EXPECT_THAT(batch.response().item_identifiers(), ElementsAre(kafka_identifier(16), kafka_identifier(17)));
  EXPECT_THAT(batch.messages()[2].cause, HasSubstr("record 1"));
  EXPECT_THROW(std::rethrow_exception(batch.messages()[2].exception), StreamCircuitBreakerError);
}

TEST(KafkaProcessor, StopsAPartitionThatComesInTwoLists) {
  const Processor processor({.stop_on_first_failure = true});
  Handler handler{{0}};
  static_cast<void>(
      process_partial_response(kafka_event({{"orders-0", {kafka_record(15)}},
                                            {"orders-1", {kafka_record(15, "null", "orders", 1)}},
                                            {"orders-0", {kafka_record(16)}}}),
                               handler, processor));
  EXPECT_THAT(handler.handled, ElementsAre(0, 1));
}

TEST(KafkaProcessor, HasACheckpointInEachPartitionThatFailed) {
  const auto event = decode<KafkaRecord>(kafka_event(
      {{"orders-0", {kafka_record(100), kafka_record(99), kafka_record(101)}},
       {"orders-1", {kafka_record(7, "null", "orders", 1)}},
       {"orders-2", {kafka_record(8, "null", "orders", 2), kafka_record(9, "null", "orders", 2)}}}));
  EXPECT_THAT(Processor{}.process(event, Handler{{0, 1, 2, 5}}).checkpoints(),
              ElementsAre(kafka_identifier(99), kafka_identifier(9, "orders-2")));
  EXPECT_THAT(Processor{}.process(event, Handler{}).checkpoints(), IsEmpty());
}

TEST(KafkaProcessor, ReportsATwinOnce) {
  const std::string event = orders_0({kafka_record(1), kafka_record(1), kafka_record(2)});
  EXPECT_EQ(process_partial_response(event, Handler{{0, 1}}, Processor{}),
            R"({"batchItemFailures":[{"itemIdentifier":)" + kafka_identifier(1) + "}]}");
}

TEST(KafkaProcessor, RaisesWhenEveryRecordFailed) {
  const std::string event = orders_0({kafka_record(1), kafka_record(2)});
  try {
    static_cast<void>(process_partial_response(event, Handler{{0, 1}}, Processor{}));
    ADD_FAILURE();
  } catch (const BatchProcessingError& error) {
    EXPECT_THAT(error.response().item_identifiers(), ElementsAre(kafka_identifier(1), kafka_identifier(2)));
    EXPECT_THAT(error.response().to_json(), HasSubstr(R"({"itemIdentifier":{"partition")"));
  }
  const Processor answers({.raise_on_entire_batch_failure = false});
  EXPECT_EQ(process_partial_response(event, Handler{{0, 1}}, answers),
            R"({"batchItemFailures":[{"itemIdentifier":)" + kafka_identifier(1) + R"(},{"itemIdentifier":)" +
                kafka_identifier(2) + "}]}");
}

TEST(KafkaProcessor, RefusesOptionsThatContradictEachOther) {
  EXPECT_THROW(Processor({.stop_on_first_failure = true, .order_by_key = true}), std::invalid_argument);
  EXPECT_NO_THROW(Processor({.stop_on_first_failure = true, .max_concurrency = 8}));
  EXPECT_NO_THROW(Processor({.order_by_key = true, .max_concurrency = 8}));
}

TEST(KafkaProcessor, HandlesPartitionsTogether) {
  const Processor processor({.stop_on_first_failure = true, .max_concurrency = 2});
  const auto event = decode<KafkaRecord>(two_partitions);
  const auto batch = processor.process(event, [](const KafkaRecord& record) {
    if (record.offset() == 16) throw std::runtime_error("rejected");
  });
  EXPECT_THAT(batch.response().item_identifiers(),
              ElementsAre(kafka_identifier(16), kafka_identifier(17), kafka_identifier(16, "orders-1"),
                          kafka_identifier(17, "orders-1")));
}

detail::OrderingKeys keys_of(const BatchProcessorOptions<KafkaRecord>& options, const std::string& payload) {
  return detail::ordering_keys_for(decode<KafkaRecord>(payload),
                                   detail::RunOptions<KafkaRecord>(options, detail::Ordering::none));
}

TEST(KafkaProcessor, KeepsTheRecordsOfAPartitionInOrder) {
  EXPECT_THAT(keys_of({}, two_partitions), ElementsAre(0, 0, 0, 1, 1, 1));
}

TEST(KafkaProcessor, KeepsTheRecordsOfAKeyInOrderWhereItIsTold) {
  const auto keyed = [](std::string_view key, int partition = 0) {
    return with(kafka_record(1, "null", "orders", partition), R"("key":"a2V5")", key);
  };
  const std::string event = kafka_event(
      {{"orders-0",
        {keyed(R"("key":"YQ==")"), keyed(R"("key":"Yg==")"), keyed(R"("key":"YQ==")"), keyed(R"("key":null)"),
         keyed(R"("key":"")"), keyed(R"("other":1)"), keyed(R"("key":"*")")}},
       {"orders-1", {keyed(R"("key":"YQ==")", 1)}}});
  EXPECT_THAT(keys_of({.order_by_key = true}, event), ElementsAre(0, 1, 0, 2, 3, 2, std::nullopt, 4));
}

}  // namespace
}  // namespace batchproof
