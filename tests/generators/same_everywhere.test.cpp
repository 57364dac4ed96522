// The same seed gives the same batches with every compiler: these tests run in builds of g++ and of clang,
// and the sums below are the same. A change of the drawn values changes the sums: write the new ones here.

#include <gtest/gtest.h>

#include <batchproof/generators/batch_case.hpp>
#include <batchproof/generators/damaged_payload.hpp>
#include <batchproof/generators/hostile_case.hpp>
#include <batchproof/generators/payload_case.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "drawn.hpp"

namespace batchproof::generators {
namespace {

using fixtures::Source;

class Sum {
 public:
  void add(std::string_view text) {
    for (const char character : text)
      value_ = (value_ ^ static_cast<unsigned char>(character)) * 0x100000001B3U;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

std::uint64_t sum_of(const rc::Gen<fixtures::BatchCase>& generator, int count) {
  Sum sum;
  for (const auto& batch : drawn(generator, count)) {
    sum.add(batch.payload());
    sum.add(batch.pattern());
  }
  return sum.value();
}

std::uint64_t sum_of_damaged(Source source) {
  Sum sum;
  for (const auto& damaged : drawn(damaged_payload(source), 300)) {
    sum.add(damaged.payload);
    sum.add(damaged.damage);
  }
  return sum.value();
}

constexpr BatchOptions every_option{.largest_batch = 10,
                                    .largest_payload_size_bytes = 10'000,
                                    .hostile = true,
                                    .repeated_identifiers = true,
                                    .shuffled_sequence_numbers = true};

TEST(SameSeed, GivesTheSameBatchesEverywhere) {
  EXPECT_EQ(sum_of(batch_case(Source::sqs, every_option), 300), 17763605163069826376U);
  EXPECT_EQ(sum_of(batch_case(Source::sqs_fifo, every_option), 300), 4018020092067375935U);
  EXPECT_EQ(sum_of(batch_case(Source::kinesis, every_option), 300), 11519086128588448365U);
  EXPECT_EQ(sum_of(batch_case(Source::dynamodb, every_option), 300), 17814930631584598380U);
}

TEST(SameSeed, GivesTheSameBatchesAsAwsSendsThemEverywhere) {
  EXPECT_EQ(sum_of(batch_case(Source::sqs), 300), 9807977463550859617U);
  EXPECT_EQ(sum_of(batch_case(Source::sqs_fifo), 300), 7172341982402824128U);
  EXPECT_EQ(sum_of(batch_case(Source::kinesis), 300), 7424211506008361791U);
  EXPECT_EQ(sum_of(batch_case(Source::dynamodb), 300), 6001332277060496424U);
}

TEST(SameSeed, GivesTheSameLargeBatchesEverywhere) {
  constexpr BatchOptions large{.largest_batch = 500, .smallest_batch = 500};
  EXPECT_EQ(sum_of(batch_case(Source::sqs_fifo, large), 3), 1560345056312267366U);
  EXPECT_EQ(sum_of(batch_case(Source::kinesis, large), 3), 8469933688880719158U);
}

TEST(SameSeed, GivesTheSamePayloadsEverywhere) {
  EXPECT_EQ(sum_of(payload_case(Source::sqs, {"good", "also good"}, {"bad"}), 300), 6057673533707575975U);
  EXPECT_EQ(sum_of(hostile_case(Source::kinesis, {"good", "bad"}), 300), 9479938563939097020U);
  EXPECT_EQ(sum_of(hostile_case(Source::dynamodb, {R"({"quantity":{"N":"2"}})"}), 300), 1555470512306987U);
}

TEST(SameSeed, GivesTheSameDamagesEverywhere) {
  EXPECT_EQ(sum_of_damaged(Source::sqs), 45607581305137336U);
  EXPECT_EQ(sum_of_damaged(Source::dynamodb), 13049831251710900292U);
}

}  // namespace
}  // namespace batchproof::generators
