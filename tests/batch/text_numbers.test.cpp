#include <batchproof/detail/text_numbers.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <batchproof/detail/ordering_keys.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "../../src/quick_hash.hpp"
#include "events.hpp"

namespace batchproof::detail {
namespace {

/// So many texts whose hashes end with the same 14 bits.
std::vector<std::string> colliding_texts(std::size_t count) {
  std::vector<std::string> texts;
  for (std::size_t number = 0; texts.size() < count; ++number) {
    std::string text = "k" + std::to_string(number);
    if ((quick_hash(text) & 0x3FFFU) == 0) texts.push_back(std::move(text));
  }
  return texts;
}

TEST(TextNumbers, CountInTheOrderOfTheFirstAppearance) {
  TextNumbers numbers;
  EXPECT_EQ(numbers.find("a"), std::nullopt);
  EXPECT_EQ(numbers.number("a"), 0U);
  EXPECT_EQ(numbers.number(""), 1U);
  EXPECT_EQ(numbers.number("a"), 0U);
  EXPECT_EQ(numbers.number("b"), 2U);
  EXPECT_EQ(numbers.find("b"), 2U);
  EXPECT_EQ(numbers.find("c"), std::nullopt);
  EXPECT_EQ(numbers.size(), 3U);
}

TEST(TextNumbers, TellTextsOfAnyLengthApart) {
  std::vector<std::string> texts;
  for (std::size_t size = 0; size < 300; ++size) texts.push_back(std::string(size, 'x'));
  for (const char* text : {"12345678", "12345679", "22345678", "123456789", "112345678"})
    texts.emplace_back(text);
  TextNumbers numbers;
  for (std::size_t index = 0; index < texts.size(); ++index) EXPECT_EQ(numbers.number(texts[index]), index);
  for (std::size_t index = 0; index < texts.size(); ++index) EXPECT_EQ(numbers.find(texts[index]), index);
}

TEST(TextNumbers, CollideAboutOnceForEachTextThatNobodyChose) {
  std::vector<std::string> texts;
  for (std::size_t number = 0; number < 10'000; ++number)
    texts.push_back("tenant/" + std::to_string(number) + "/orders");
  TextNumbers numbers;
  for (const std::string& text : texts) numbers.number(text);
  EXPECT_LT(numbers.collisions(), 2 * texts.size());
}

TEST(TextNumbers, StayQuickAndRightWhenSomebodyChoseTextsThatCollide) {
  const std::vector<std::string> texts = colliding_texts(500);
  for (const std::size_t expected : {std::size_t{0}, texts.size()}) {
    TextNumbers numbers(expected);
    for (std::size_t index = 0; index < texts.size(); ++index) {
      EXPECT_EQ(numbers.number(texts[index]), index);
      EXPECT_EQ(numbers.number(texts[index / 2]), index / 2);
    }
    for (std::size_t index = 0; index < texts.size(); ++index) EXPECT_EQ(numbers.find(texts[index]), index);
    EXPECT_EQ(numbers.find("another"), std::nullopt);
    EXPECT_LT(numbers.collisions(), 1'000 + 10 * texts.size());  // all pairs are 124,750
  }
}

TEST(TextNumbers, StayQuickWhenTextsThatCollideAreOnlyLookedFor) {
  const std::vector<std::string> texts = colliding_texts(60);
  TextNumbers numbers;
  for (std::size_t index = 0; index < 30; ++index) numbers.number(texts[index]);
  for (int round = 0; round < 1'000; ++round) {
    for (std::size_t index = 0; index < texts.size(); ++index)
      EXPECT_EQ(numbers.find(texts[index]).has_value(), index < 30);
  }
  EXPECT_LT(numbers.collisions(), 2'000U);
}

TEST(OrderingKeys, AreTheSameForPartitionKeysThatSomebodyChoseToCollide) {
  std::vector<std::string> records;
  OrderingKeys expected;
  for (const std::string& key : colliding_texts(300)) {
    records.push_back(with(kinesis_record(std::to_string(records.size() + 1)), R"("key")", in_quotes(key)));
    expected.push_back(expected.size());
  }
  EXPECT_EQ(ordering_keys_of(decode<KinesisStreamRecord>(event_of(records)), Ordering::none), expected);
}

}  // namespace
}  // namespace batchproof::detail
