#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <batchproof/batch.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/generators/batch_case.hpp>
#include <limits>
#include <map>
#include <stdexcept>

#include "distribution.hpp"
#include "drawn.hpp"

namespace batchproof::generators {
namespace {

using fixtures::BatchCase;
using fixtures::CaseRecord;
using fixtures::Source;

bool holds_twins(const BatchCase& batch) {
  std::set<std::string> identifiers;
  for (const CaseRecord& record : batch.records) identifiers.insert(record.item_identifier);
  return identifiers.size() < batch.records.size();
}

TEST(BatchOptions, AllowTwins) {
  for (const Source source : fixtures::all_sources) {
    const auto batches = drawn(batch_case(source, {.repeated_identifiers = true}), 500);
    const auto with_twins = std::count_if(batches.begin(), batches.end(), holds_twins);
    EXPECT_GE(with_twins, 100) << name(source);
    EXPECT_LE(with_twins, 400) << name(source);
  }
}

TEST(BatchOptions, AllowSequenceNumbersInAnyOrder) {
  const auto ascends = [](const BatchCase& batch) {
    return std::is_sorted(batch.records.begin(), batch.records.end(),
                          [](const auto& left, const auto& right) {
                            const auto& [a, b] = std::pair(left.item_identifier, right.item_identifier);
                            return a.size() != b.size() ? a.size() < b.size() : a < b;
                          });
  };
  for (const Source source : {Source::kinesis, Source::dynamodb}) {
    const auto batches = drawn(batch_case(source, {.shuffled_sequence_numbers = true}), 500);
    EXPECT_LE(std::count_if(batches.begin(), batches.end(), ascends), 300);
    EXPECT_FALSE(std::any_of(batches.begin(), batches.end(), holds_twins));
  }
}

TEST(BatchOptions, SayWhetherAQueueIsFair) {
  for (const bool fair : {false, true}) {
    std::size_t with_groups = 0;
    for (const BatchCase& batch : drawn(batch_case(Source::sqs, {.fair_queue = fair}), 300)) {
      if (groups_of(batch) > 0) ++with_groups;
    }
    if (fair) {
      EXPECT_GE(with_groups, 200U);
    } else {
      EXPECT_EQ(with_groups, 0U);
    }
  }
}

/// The places of the rejected records.
std::vector<std::size_t> rejected_places(const BatchCase& batch) {
  std::vector<std::size_t> places;
  for (std::size_t index = 0; index < batch.records.size(); ++index) {
    if (batch.records[index].rejected) places.push_back(index);
  }
  return places;
}

/// Rejected and all records of each message group; those without one share "".
std::map<std::string, std::pair<std::size_t, std::size_t>> counts_by_group(const BatchCase& batch) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> counts;
  for (const CaseRecord& record : batch.records) {
    auto& [rejected, all] = counts[record.message_group_id.value_or("")];
    rejected += record.rejected ? 1 : 0;
    ++all;
  }
  return counts;
}

bool fits(FailurePattern pattern, const BatchCase& batch) {
  const std::size_t size = batch.records.size();
  const auto places = rejected_places(batch);
  if (size == 0) return true;
  if ((pattern == FailurePattern::none) != places.empty()) return false;
  const auto groups = counts_by_group(batch);
  switch (pattern) {
    case FailurePattern::none:
      return true;
    case FailurePattern::all:
      return places.size() == size;
    case FailurePattern::first:
      return places.back() == 0;
    case FailurePattern::last:
      return places.front() == size - 1;
    case FailurePattern::one:
      return places.size() == 1;
    case FailurePattern::scattered:
      return true;
    case FailurePattern::run:
      return places.back() - places.front() + 1 == places.size();
    case FailurePattern::group:
      return std::count_if(groups.begin(), groups.end(),
                           [](const auto& group) {
                             const auto& [rejected, all] = group.second;
                             return rejected != 0;
                           }) == 1 &&
             std::all_of(groups.begin(), groups.end(), [](const auto& group) {
               const auto& [rejected, all] = group.second;
               return rejected == 0 || rejected == all;
             });
    case FailurePattern::one_in_each_group:
      return std::all_of(groups.begin(), groups.end(),
                         [](const auto& group) { return group.second.first == 1; });
    case FailurePattern::alternating:
      return places.front() < 2 && std::all_of(places.begin(), places.end(), [&](std::size_t place) {
               return place % 2 == places.front() % 2;
             });
    case FailurePattern::all_but_one:
      return size == 1 || places.size() == size - 1;
  }
  return false;
}

TEST(BatchOptions, AskForAFailurePattern) {
  std::vector<FailurePattern> all(failure_patterns.begin(), failure_patterns.end());
  all.push_back(FailurePattern::all_but_one);
  for (const FailurePattern pattern : all) {
    std::set<std::string> patterns;
    for (const BatchCase& batch :
         drawn(batch_case(Source::sqs_fifo, {.largest_batch = 8, .failure_pattern = pattern}), 300)) {
      EXPECT_TRUE(fits(pattern, batch)) << name(pattern) << ": " << batch.pattern();
      patterns.insert(batch.pattern());
    }
    EXPECT_GE(patterns.size(), 8U) << name(pattern);
  }
}

TEST(BatchOptions, LeaveOneRecordToSucceedInSomeLargerBatches) {
  for (const std::size_t size : {10U, 100U}) {
    const auto batches = drawn(
        batch_case(Source::sqs, {.largest_batch = size, .smallest_batch = size, .with_fields = false}), 100);
    EXPECT_TRUE(std::any_of(batches.begin(), batches.end(), [&](const BatchCase& batch) {
      return rejected_places(batch).size() == size - 1;
    })) << size;
  }
}

TEST(BatchOptions, AskForAFailureRate) {
  for (const double rate : {0.0, 0.05, 0.5, 1.0}) {
    const auto batches = drawn(
        batch_case(Source::sqs, {.largest_batch = 1000, .smallest_batch = 1000, .failure_rate = rate}), 10);
    std::size_t failures = 0;
    for (const BatchCase& batch : batches) failures += failures_of(batch);
    EXPECT_NEAR(static_cast<double>(failures) / 10'000, rate, 0.02);
  }
}

std::size_t longest_payload(const BatchCase& batch) {
  std::size_t longest = 0;
  for (const CaseRecord& record : batch.records) {
    for (const fixtures::SeenField& field : record.fields) {
      const bool is_payload = field.name == "body" || field.name == "kinesis.data" || field.name == "value" ||
                              ((field.name.find("Image.attribute") != std::string::npos ||
                                field.name.find("Image.largest") != std::string::npos) &&
                               !field.name.ends_with(".N") && !field.name.ends_with(".NS[]"));
      if (is_payload) longest = std::max(longest, field.value.size());
    }
  }
  return longest;
}

TEST(BatchOptions, LimitPayloads) {
  for (const Source source : fixtures::all_sources) {
    for (const std::size_t limit : {std::size_t{20}, std::size_t{1'048'576}}) {
      const std::size_t reached = source == Source::dynamodb ? std::min<std::size_t>(limit, 400'000) : limit;
      std::size_t longest = 0;
      for (const BatchCase& batch :
           drawn(batch_case(source, {.largest_batch = 4, .largest_payload_size_bytes = limit}), 60)) {
        longest = std::max(longest, longest_payload(batch));
        ASSERT_LE(longest_payload(batch), reached) << name(source);
      }
      EXPECT_EQ(longest, reached) << name(source);
    }
  }
}

TEST(BatchOptions, ThatNoBatchCanHaveAreRefused) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const BatchOptions& options :
       {BatchOptions{.largest_batch = 1, .smallest_batch = 2}, BatchOptions{.failure_rate = -0.1},
        BatchOptions{.failure_rate = 1.1}, BatchOptions{.failure_rate = nan},
        BatchOptions{.failure_pattern = FailurePattern::all, .failure_rate = 0.5}}) {
    EXPECT_THROW(batch_case(Source::sqs, options), std::invalid_argument);
  }
}

template <class Record>
void expect_large_batch(Source source) {
  for (const BatchCase& batch :
       drawn(batch_case(source, {.largest_batch = 3000, .smallest_batch = 3000}), 4)) {
    EXPECT_FALSE(holds_twins(batch));
    EXPECT_GE(failures_of(batch), 0U);
    const auto event = decode<Record>(batch.payload());
    ASSERT_EQ(event.size(), 3000U);
    for (std::size_t index = 0; index < event.size(); ++index) {
      const Record& record = event.records()[index];
      ASSERT_EQ(record.item_identifier(), batch.records[index].item_identifier);
      ASSERT_TRUE(fixtures::seen_fields(record) == batch.records[index].fields) << batch.records[index].json;
      ASSERT_EQ(batch.records[index].json.find("7177617517417"), std::string::npos);
    }
  }
}

TEST(LargeBatches, SharePayloadsAndAreDecodedFieldByField) {
  expect_large_batch<SqsRecord>(Source::sqs);
  expect_large_batch<SqsRecord>(Source::sqs_fifo);
  expect_large_batch<KinesisStreamRecord>(Source::kinesis);
  expect_large_batch<DynamoDbRecord>(Source::dynamodb);
}

TEST(LargeBatches, KeepTheirOptions) {
  for (const Source source : fixtures::all_sources) {
    const auto batches = drawn(batch_case(source, {.largest_batch = 1000,
                                                   .smallest_batch = 1000,
                                                   .largest_payload_size_bytes = 50'000,
                                                   .repeated_identifiers = true}),
                               40);
    EXPECT_TRUE(std::any_of(batches.begin(), batches.end(), holds_twins));
    EXPECT_TRUE(std::any_of(batches.begin(), batches.end(),
                            [](const BatchCase& batch) { return longest_payload(batch) == 50'000; }));
  }
}

}  // namespace
}  // namespace batchproof::generators
