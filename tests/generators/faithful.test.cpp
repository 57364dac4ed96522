#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/fixtures/hostile_input.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <utility>
#include <vector>

#include "drawn.hpp"

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::Source;

/// Decodes the case and compares, twice, since the first reading decodes text in place.
template <class Record>
void expect_faithful(const BatchCase& batch) {
  const auto event = decode<Record>(batch.payload());
  ASSERT_EQ(event.size(), batch.records.size());
  for (std::size_t index = 0; index < event.size(); ++index) {
    const Record& record = event.records()[index];
    ASSERT_EQ(record.item_identifier(), batch.records[index].item_identifier);
    ASSERT_TRUE(fixtures::seen_fields(record) == batch.records[index].fields) << batch.records[index].json;
    ASSERT_TRUE(fixtures::seen_fields(record) == batch.records[index].fields) << batch.records[index].json;
  }
}

/// As AWS sends them, hostile ones, and those with fields that cannot be read.
std::vector<BatchCase> usual_and_hostile(Source source) {
  std::vector<BatchCase> batches = drawn(batch_case(source), cases / 2);
  for (const bool odd_fields : {false, true}) {
    for (BatchCase& batch : drawn(batch_case(source, {.hostile = true, .odd_fields = odd_fields}), cases))
      batches.push_back(std::move(batch));
  }
  return batches;
}

TEST(GeneratedSqsBatches, AreDecodedFieldByField) {
  for (const BatchCase& batch : usual_and_hostile(Source::sqs)) {
    ASSERT_NO_FATAL_FAILURE(expect_faithful<SqsRecord>(batch));
  }
}

TEST(GeneratedSqsFifoBatches, AreDecodedFieldByField) {
  for (const BatchCase& batch : usual_and_hostile(Source::sqs_fifo)) {
    ASSERT_NO_FATAL_FAILURE(expect_faithful<SqsRecord>(batch));
    const auto event = decode<SqsRecord>(batch.payload());
    for (std::size_t index = 0; index < event.size(); ++index) {
      ASSERT_EQ(event.records()[index].message_group_id(), batch.records[index].message_group_id);
    }
  }
}

TEST(GeneratedKinesisBatches, AreDecodedFieldByField) {
  for (const BatchCase& batch : usual_and_hostile(Source::kinesis)) {
    ASSERT_NO_FATAL_FAILURE(expect_faithful<KinesisStreamRecord>(batch));
  }
}

TEST(GeneratedDynamoDbBatches, AreDecodedFieldByField) {
  for (const BatchCase& batch : usual_and_hostile(Source::dynamodb)) {
    ASSERT_NO_FATAL_FAILURE(expect_faithful<DynamoDbRecord>(batch));
  }
}

TEST(GeneratedKafkaBatches, AreDecodedFieldByField) {
  for (const BatchCase& batch : usual_and_hostile(Source::kafka)) {
    ASSERT_NO_FATAL_FAILURE(expect_faithful<KafkaRecord>(batch));
  }
}

TEST(OddFields, StandInTheCaseAndAreNamed) {
  for (const Source source : {Source::sqs, Source::kinesis, Source::dynamodb, Source::kafka}) {
    std::size_t odd = 0;
    for (const BatchCase& batch : drawn(batch_case(source, {.odd_fields = true}), cases / 10)) {
      const auto reasons = fixtures::hostile_input(batch);
      for (const fixtures::CaseRecord& record : batch.records) {
        if (record.odd_field.empty()) continue;
        ++odd;
        EXPECT_THAT(reasons, ::testing::Contains(::testing::HasSubstr("has " + record.odd_field)));
      }
    }
    EXPECT_GT(odd, 10U) << fixtures::name(source);
    const auto large =
        drawn(batch_case(source, {.largest_batch = 300, .smallest_batch = 300, .odd_fields = true}), 2);
    EXPECT_TRUE(std::any_of(large[0].records.begin(), large[0].records.end(), [](const auto& record) {
      return !record.odd_field.empty();
    })) << fixtures::name(source);
  }
}

}  // namespace
}  // namespace batchproof::generators
