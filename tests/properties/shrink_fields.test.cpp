#include "search/shrink_fields.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <batchproof/fixtures/kafka_message.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/generators/deletions.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "search/shrink_payloads.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using fixtures::Source;

const auto always = [](const BatchCase&) { return true; };

fixtures::PayloadList payloads_of(Source source) {
  return {fixtures::info_of(source).payload_kind == fixtures::PayloadKind::item ? R"({"quantity":{"N":"2"}})"
                                                                                : R"({"quantity":2})"};
}

/// Three records and all that AWS may send around their payloads.
BatchCase drawn(Source source, std::uint64_t seed) {
  const auto gen =
      generators::payload_case(source, payloads_of(source), {}, {.largest_batch = 3, .smallest_batch = 3});
  return gen(rc::Random(seed), 100).value();
}

bool is_plain(const BatchCase& batch, std::size_t index) {
  const auto payload = fixtures::payloads_in(batch)[index];
  const CaseRecord plain = plain_around(batch, index, payload, batch.records[index].message_group_id);
  return batch.records[index].json == plain.json;
}

TEST(ShrinkFields, MakesTheRecordsAndTheEventOfEachSourcePlain) {
  for (const Source source : fixtures::every_source) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const BatchCase plain = shrink_fields(drawn(source, seed), always);
      for (std::size_t index = 0; index < plain.records.size(); ++index)
        EXPECT_TRUE(is_plain(plain, index)) << name(source) << plain.records[index].json;
      EXPECT_FALSE(plain.self_managed);
      if (!fixtures::has_windows(source)) continue;
      EXPECT_EQ(fixtures::invocation_of_window(plain), fixtures::InvocationOfWindow{});
    }
  }
}

TEST(ShrinkFields, MakesDeletionsPlain) {
  BatchCase topic = drawn(Source::kafka, 1);
  topic.records[1] = generators::tombstone_of(topic.records[1], generators::MissingValue::left_out);
  topic = shrink_fields(topic, [](const BatchCase& batch) {
    return batch.records.size() == 3 && generators::is_tombstone(batch.records[1]);
  });
  EXPECT_EQ(topic.records[1].json,
            generators::tombstone_of(plain_around(topic, 1, "", topic.records[1].message_group_id)).json);

  BatchCase table = drawn(Source::dynamodb, 1);
  table.records[1] = generators::removal_of(table.records[1], generators::Removed::by_time_to_live);
  table = shrink_fields(table, [](const BatchCase& batch) {
    return batch.records.size() == 3 && generators::is_removal(batch.records[1]);
  });
  EXPECT_EQ(
      table.records[1].json,
      generators::removal_of(plain_around(table, 1, payloads_of(Source::dynamodb).examples(1).front(), {}))
          .json);
}

TEST(ShrinkFields, GivesPartitionsOfKafkaShortNamesWhereTheyMustStayApart) {
  const auto partitions = [](const BatchCase& batch) {
    std::set<std::string> names;
    for (const CaseRecord& record : batch.records) names.insert(record.message_group_id.value());
    return names;
  };
  BatchCase batch = drawn(Source::kafka, 1);
  for (std::uint64_t seed = 2; partitions(batch).size() < 2; ++seed) batch = drawn(Source::kafka, seed);
  batch = shrink_fields(batch, [&](const BatchCase& smaller) { return partitions(smaller).size() > 1; });
  EXPECT_THAT(partitions(batch), ::testing::ElementsAre("orders-0", "orders-1"));
  for (const CaseRecord& record : batch.records) EXPECT_LE(fixtures::kafka_offset(record.item_identifier), 1);
}

TEST(ShrinkFields, LeavesTwinsTwinsAndABatchWithADamagedRecordItsPartitions) {
  BatchCase twins = drawn(Source::kafka, 1);
  twins.records[2] = twins.records[0];
  const BatchCase plain = shrink_fields(twins, [](const BatchCase& batch) {
    return batch.records[0].item_identifier == batch.records[2].item_identifier;
  });
  EXPECT_EQ(plain.records[0].item_identifier, R"({"partition":"orders-0","offset":0})");
  EXPECT_EQ(plain.records[1].item_identifier, R"({"partition":"orders-0","offset":1})");

  twins.records[1].json = "null";
  const BatchCase damaged = shrink_fields(twins, always);
  for (const std::size_t index : {0U, 1U, 2U})
    EXPECT_EQ(damaged.records[index].item_identifier, twins.records[index].item_identifier);
}

TEST(ShrinkFields, LeavesADamagedChangeAsItIs) {
  for (const char* const change :
       {R"({"eventName":"MODIFY","dynamodb":{"NewImage":{"a":3}}})", R"({"eventName":7,"dynamodb":7})",
        R"({"eventName":"REMOVE","dynamodb":{"OldImage":{"a":3}}})", "7", "not json"}) {
    BatchCase batch = drawn(Source::dynamodb, 1);
    batch.records[0].json = change;
    EXPECT_EQ(shrink_fields(batch, always).records[0].json, change);
  }
}

TEST(ShrinkFields, MakesAnInsertionOfAChangeThatMustKeepAField) {
  BatchCase batch = drawn(Source::dynamodb, 1);
  batch.records.resize(1);
  auto change = nlohmann::ordered_json::parse(batch.records[0].json);
  change["eventName"] = "MODIFY";
  change["dynamodb"]["OldImage"] = change["dynamodb"]["NewImage"];
  change["dynamodb"]["SizeBytes"] = 77'777;
  batch.records[0].json = change.dump();
  const auto size = [](const BatchCase& one) {
    return nlohmann::json::parse(one.records.at(0).json)["dynamodb"]["SizeBytes"].get<int>();
  };
  batch = shrink_fields(batch, [&](const BatchCase& smaller) { return size(smaller) > 1000; });
  const auto shown = nlohmann::json::parse(batch.records[0].json);
  EXPECT_EQ(shown["eventName"], "INSERT");
  EXPECT_FALSE(shown["dynamodb"].contains("OldImage"));
  EXPECT_EQ(size(batch), 1001);
}

TEST(ShrinkFields, BringsATimeNearToItsLimit) {
  const auto time = [](const BatchCase& batch) {
    const auto record = nlohmann::json::parse(batch.records.at(0).json);
    return record["kinesis"]["approximateArrivalTimestamp"].get<double>();
  };
  BatchCase batch = drawn(Source::kinesis, 1);
  batch.records.resize(1);
  auto record = nlohmann::ordered_json::parse(batch.records[0].json);
  record["kinesis"]["approximateArrivalTimestamp"] = 1545435779.304;
  batch.records[0].json = record.dump();
  batch = shrink_fields(batch, [&](const BatchCase& smaller) { return time(smaller) > 1545084700; });
  EXPECT_EQ(time(batch), 1545084701);
}

TEST(ShrinkPayloads, ReplacesANearMissThatDoesNotMatter) {
  const PayloadChoices choices{.accepted = {"good"}, .rejected = {"bad"}};
  const auto shrunk = [&](const StillBreaks& still_breaks) {
    BatchCase batch = drawn(Source::sqs, 1);
    batch.records.resize(1);
    batch.records[0] = plain_around(batch, 0, "near", {});
    batch.records[0].verdict_unknown = true;
    return shrink_payloads(batch, choices, still_breaks).pattern();
  };
  EXPECT_EQ(shrunk(always), "o");
  EXPECT_EQ(shrunk([](const BatchCase& batch) { return batch.pattern() != "o"; }), "x");
  EXPECT_EQ(shrunk([](const BatchCase& batch) { return batch.pattern() == "?"; }), "?");
}

}  // namespace
}  // namespace batchproof::properties
