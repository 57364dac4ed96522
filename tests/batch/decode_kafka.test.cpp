#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events.hpp"
#include "refusal.hpp"

namespace batchproof {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> identifiers_in(const std::string& payload) {
  std::vector<std::string> identifiers;
  const auto event = decode<KafkaRecord>(payload);
  for (const KafkaRecord& record : event.records()) identifiers.emplace_back(record.item_identifier());
  return identifiers;
}

std::string refusal(const std::string& payload, std::optional<std::size_t> record_index,
                    const std::string& json_pointer) {
  return refusal_of<KafkaRecord>(payload, record_index, json_pointer);
}

/// Three good records, the middle one with a part of it replaced.
std::string with_second(std::string_view old_text, std::string_view new_text) {
  return orders_0({kafka_record(15), with(kafka_record(16), old_text, new_text), kafka_record(17)});
}

TEST(DecodeKafka, ReadsItsListsOneBehindTheOther) {
  EXPECT_THAT(identifiers_in(kafka_event({{"orders-0", {kafka_record(15), kafka_record(16)}},
                                          {"returns-2", {}},
                                          {"orders-1", {kafka_record(15, "null", "orders", 1)}}})),
              ElementsAre(kafka_identifier(15), kafka_identifier(16), kafka_identifier(15, "orders-1")));
}

TEST(DecodeKafka, ReadsFieldsInAnyOrderAndWithEscapesInTheirNames) {
  const std::string event = R"({"records":{"orders-0":[{"value":null,"off\u0073et":3,"partition":0,)"
                            R"("topic":"\u006frders","more":{}}]},"eventS\u006furce":"aws:kafka"})";
  EXPECT_THAT(identifiers_in(event), ElementsAre(kafka_identifier(3)));
}

TEST(DecodeKafka, ChecksThePartitionOfEachRecordInWhateverOrderItsFieldsAre) {
  const std::string as_aws = R"({"topic":"orders","partition":0,"offset":1,"value":null})";
  const std::string other_order = R"({"partition":0,"topic":"orders","offset":2,"value":null})";
  const std::string with_spaces = R"({"topic": "orders", "partition": 0, "offset": 3, "value": null})";
  const std::string foreign = R"({"partition":1,"topic":"orders","offset":4,"value":null})";
  for (const std::string& first : {as_aws, other_order, with_spaces}) {
    EXPECT_EQ(identifiers_in(orders_0({first, as_aws, other_order, with_spaces})).size(), 4U) << first;
    refusal(orders_0({first, as_aws, foreign}), 2, "/records/orders-0/2");
  }
}

TEST(DecodeKafka, ReadsARecordThatIsWrittenLikeTheOneBeforeByItsOwnText) {
  const auto fields_of = [](const std::string& first, const std::string& second) {
    const auto event = decode<KafkaRecord>(orders_0({first, second}));
    std::string fields;
    for (const KafkaRecord& record : event.records()) {
      fields += std::string(record.topic()) + ' ' + std::to_string(record.partition()) + ' ' +
                std::to_string(record.offset()) + ' ' + std::string(record.value().value_or("-")) + '\n';
    }
    return fields;
  };
  const std::string expected = "orders 0 1 good\norders 0 20 bad\n";
  for (const auto& [before_offset, behind_offset] :
       {std::pair(R"({"topic":"orders","partition":0,"offset":)", R"(,"value":)"),
        std::pair(R"({"topic" : "orders" , "partition" : 0 , "offset" : )", R"( , "value" : )"),
        std::pair(R"({"x":1,"topic":"orders","partition":0,"offset":)", R"(,"value":)"),
        std::pair(R"({"topic":"orders","x":[1,{}],"partition":0,"offset":)", R"(,"value":)"),
        std::pair(R"({"topic":"orders","partition":0,"x":1,"offset":)", R"(,"value":)"),
        std::pair(R"({"topic":"\u006frders","p\u0061rtition":0,"offset":)", R"(,"v\u0061lue":)"),
        std::pair(R"({"topi\u0063":"orders","p\u0061rtition":0,"offs\u0065t":)", R"(,"v\u0061lue":)")}) {
    const auto record = [&, begin = before_offset, middle = behind_offset](const std::string& offset,
                                                                           const std::string& value) {
      return begin + offset + middle + '"' + value + R"("})";
    };
    EXPECT_EQ(fields_of(record("1", "Z29vZA=="), record("20", "YmFk")), expected) << before_offset;
  }
}

TEST(DecodeKafka, RefusesAFieldThatComesTwiceInARecordWrittenLikeTheOneBefore) {
  const std::string usual = R"("topic":"orders","partition":0,"offset":16)";
  for (const std::string twice :
       {R"(,"topic":"orders")", R"(,"partition":0)", R"(,"offset":16)", R"(,"p\u0061rtition":0)",
        R"(,"offset" :16)", R"(,"t\u006fpic":"orders")"}) {
    EXPECT_THAT(refusal(with_second(usual, usual + twice), 1, "/records/orders-0/1"),
                HasSubstr("comes twice"))
        << twice;
    EXPECT_THAT(refusal(with_second(usual, twice.substr(1) + "," + usual), 1, "/records/orders-0/1"),
                HasSubstr("comes twice"))
        << twice;
  }
}

TEST(DecodeKafka, KeepsTwins) {
  EXPECT_THAT(identifiers_in(orders_0({kafka_record(15), kafka_record(15)})),
              ElementsAre(kafka_identifier(15), kafka_identifier(15)));
}

TEST(DecodeKafka, ReadsOffsetsOfEverySize) {
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  EXPECT_THAT(identifiers_in(orders_0({kafka_record(0), kafka_record(largest)})),
              ElementsAre(kafka_identifier(0), R"({"partition":"orders-0","offset":9223372036854775807})"));
}

TEST(DecodeKafka, WritesAPartitionsNameAsJson) {
  const std::string name = R"(a\"b\\c)";
  const std::string record = with(kafka_record(1), R"("orders")", in_quotes(name));
  EXPECT_THAT(identifiers_in(kafka_event({{name + "-0", {record}}})),
              ElementsAre(kafka_identifier(1, name + "-0")));
}

TEST(DecodeKafka, TakesNoListsAndEmptyListsForAnEmptyBatch) {
  for (const std::string& event : {kafka_event({}), kafka_event({{"orders-0", {}}})}) {
    EXPECT_EQ(process_partial_response(
                  event, [](const KafkaRecord&) {}, BatchProcessor<KafkaRecord>{}),
              R"({"batchItemFailures":[]})");
  }
}

TEST(DecodeKafka, RefusesRecordsThatAreNoObjectOfLists) {
  const std::string good = orders_0({kafka_record(1)});
  const std::string records = good.substr(good.find(R"({"orders-0")"));
  const auto with_records = [&](const std::string& other) { return with(good, records, other + "}"); };
  EXPECT_THAT(refusal(with_records("[]"), std::nullopt, "/records"), HasSubstr("not an object"));
  EXPECT_THAT(refusal(with_records("null"), std::nullopt, "/records"), HasSubstr("not an object"));
  EXPECT_THAT(refusal(with_records(R"({"orders-0":{}})"), std::nullopt, "/records"),
              HasSubstr(R"("orders-0" holds a list)"));
  EXPECT_THAT(refusal(with(good, R"("records":)", R"("other":)"), std::nullopt, "/records"),
              HasSubstr("missing"));
  EXPECT_THAT(refusal(with_records(R"({"orders-0":[7]})"), 0, "/records/orders-0/0"),
              HasSubstr("not an object"));
}

TEST(DecodeKafka, RefusesARecordWhoseOffsetCannotBeReported) {
  for (const std::string offset : {"null", R"("16")", "-1", "1.5", "1e3", "016", "9223372036854775808", "{}",
                                   "99999999999999999999999", "true"}) {
    EXPECT_THAT(
        refusal(with_second(R"("offset":16)", R"("offset":)" + offset), 1, "/records/orders-0/1/offset"),
        HasSubstr("is not a whole number from 0 to 9223372036854775807; without it"))
        << offset;
  }
  EXPECT_THAT(refusal(with_second(R"("offset":16,)", ""), 1, "/records/orders-0/1/offset"),
              HasSubstr("missing"));
}

TEST(DecodeKafka, RefusesARecordWhosePartitionCannotBeReported) {
  for (const std::string partition : {"null", R"("0")", "-1", "0.0", "00", "2147483648"}) {
    refusal(with_second(R"("partition":0)", R"("partition":)" + partition), 1,
            "/records/orders-0/1/partition");
  }
  for (const std::string topic : {"null", "7", R"("")", R"("\x")"}) {
    refusal(with_second(R"("topic":"orders")", R"("topic":)" + topic), 1, "/records/orders-0/1/topic");
  }
  refusal(with_second(R"("topic":"orders",)", ""), 1, "/records/orders-0/1/topic");
}

TEST(DecodeKafka, RefusesARecordInTheListOfAnotherPartition) {
  EXPECT_THAT(refusal(with_second(R"("partition":0)", R"("partition":1)"), 1, "/records/orders-0/1"),
              HasSubstr(R"(this record is of "orders-1", but is in the list "orders-0"; its failure could)"));
  refusal(kafka_event({{"orders-01", {kafka_record(1)}}}), 0, "/records/orders-01/0");
  refusal(kafka_event({{"orders", {kafka_record(1)}}}), 0, "/records/orders/0");
  refusal(kafka_event({{"orders_0", {kafka_record(1)}}}), 0, "/records/orders_0/0");
  refusal(kafka_event({{"a~b/c-0", {kafka_record(1)}}}), 0, "/records/a~0b~1c-0/0");
}

TEST(DecodeKafka, CountsRecordsOfAllListsInTheIndexOfAnError) {
  refusal(kafka_event({{"orders-0", {kafka_record(1), kafka_record(2)}},
                       {"orders-1", {kafka_record(1, "null", "orders", 1), kafka_record(2)}}}),
          3, "/records/orders-1/1");
}

// A redelivery is said to come so; that the lists are named by topic and partition shows the source.
TEST(DecodeKafka, TakesRecordsWithoutTheNameOfTheirSource) {
  const std::string good = orders_0({kafka_record(1)});
  for (const char* const source : {"", R"("eventSource":null,)"}) {
    const auto event = decode<KafkaRecord>(with(good, R"("eventSource":"aws:kafka",)", source));
    ASSERT_EQ(event.records().size(), 1U);
    EXPECT_EQ(event.records()[0].offset(), 1);
    EXPECT_EQ(event.records()[0].event_source(), "");
  }
}

TEST(DecodeKafka, RefusesEventsOfOtherSourcesByName) {
  const std::string good = orders_0({kafka_record(1)});
  EXPECT_THAT(refusal(with(good, R"("aws:kafka")", R"("aws:mq")"), std::nullopt, "/eventSource"),
              HasSubstr(R"(this event is from "aws:mq", but the processor is for Kafka)"));
  EXPECT_THAT(refusal(batch_of<SqsRecord>({"1"}), std::nullopt, "/records"),
              HasSubstr("this is an event of aws:sqs: use BatchProcessor<SqsRecord>"));
  EXPECT_THAT(refusal(batch_of<KinesisStreamRecord>({"1"}), std::nullopt, "/records"),
              HasSubstr("use BatchProcessor<KinesisStreamRecord>"));
}

TEST(DecodeKafka, DoesNotSendAnEventOfKafkaBackToItself) {
  EXPECT_THAT(refusal(R"({"eventSource":"aws:kafka","records":[]})", std::nullopt, "/records"),
              AllOf(HasSubstr("not an object"), Not(HasSubstr("BatchProcessor"))));
  EXPECT_THAT(refusal(orders_0({kafka_record(1)}) + "{}", std::nullopt, ""),
              AllOf(HasSubstr("text follows"), Not(HasSubstr("BatchProcessor"))));
}

TEST(DecodeKafka, RefusesBrokenJson) {
  const std::string good = orders_0({kafka_record(1), kafka_record(2)});
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_THROW(decode<KafkaRecord>(good.substr(0, size)), EventError) << size;
  EXPECT_THROW(
      decode<KafkaRecord>(with(good, R"("topic":"orders",)", R"("topic":"orders","topic":"orders",)")),
      EventError);
}

}  // namespace
}  // namespace batchproof
