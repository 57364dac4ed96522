#include <batchproof/detail/ordering_keys.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/batch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "events.hpp"

namespace batchproof::detail {
namespace {

using ::testing::ElementsAre;

constexpr std::optional<std::size_t> alone = std::nullopt;

OrderingKeys keys_of_items(const std::vector<std::string>& keys) {
  std::vector<std::string> records;
  for (const std::string& key : keys)
    records.push_back(with(dynamodb_record("1"), R"("Keys":{"Id":{"N":"101"}},)", key));
  return ordering_keys_of(decode<DynamoDbRecord>(event_of(records)), Ordering::none);
}

TEST(OrderingKeys, KeepTheChangesOfAnItemTogetherWhateverItsKeysAre) {
  EXPECT_THAT(keys_of_items({R"("Keys":{"Id":{"N":"1"}},)", R"("Keys":{"Id":{"S":"1"}},)",
                             R"("Keys":{"Id":{"B":"MQ=="}},)", R"("Keys":{"Id":{"N":"1"}},)",
                             R"("Keys":{"Id":{"B":"MQ=="}},)"}),
              ElementsAre(0, 1, 2, 0, 2));
}

TEST(OrderingKeys, KnowAnItemInWhateverOrderItsKeysAreWritten) {
  EXPECT_THAT(
      keys_of_items({R"("Keys":{"A":{"S":"1"},"B":{"S":"2"}},)", R"("Keys":{"B":{"S":"2"},"A":{"S":"1"}},)",
                     R"("Keys":{"A":{"S":"12"},"B":{"S":""}},)"}),
      ElementsAre(0, 0, 1));
}

TEST(OrderingKeys, TellItemsApartByTheNamesOfTheirKeysToo) {
  EXPECT_THAT(keys_of_items({R"("Keys":{"A":{"S":"1"}},)", R"("Keys":{"B":{"S":"1"}},)"}), ElementsAre(0, 1));
}

TEST(OrderingKeys, TellItemsApartWhoseKeysReadAlikeInARow) {
  EXPECT_THAT(keys_of_items({R"("Keys":{"A":{"S":"x:1:B1:S1:y"},"B":{"S":"z"}},)",
                             R"("Keys":{"A":{"S":"x"},"B":{"S":"y:1:B1:S1:z"}},)",
                             R"("Keys":{"A":{"S":"x:B:S:y"},"B":{"S":"z"}},)",
                             R"("Keys":{"A":{"S":"x"},"B":{"S":"y:B:S:z"}},)",
                             R"("Keys":{"A":{"S":"1"},"B":{"S":"xxxxx1B1S0"}},)",
                             R"("Keys":{"A":{"S":"1B1S10xxxxx"},"B":{"S":""}},)"}),
              ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(OrderingKeys, LeaveAnItemAloneWhoseKeysCannotBeTold) {
  EXPECT_THAT(keys_of_items({"", R"("Keys":{},)", R"("Keys":{"Id":{"BOOL":true}},)", R"("Keys":7,)"}),
              ElementsAre(alone, alone, alone, alone));
}

/// Its user records have partition keys of their own.
TEST(OrderingKeys, LeaveAnAggregateOfTheKinesisProducerLibraryAlone) {
  const auto event = decode<KinesisStreamRecord>(
      event_of({kinesis_record("1"), kinesis_record("2", "84mawg=="), kinesis_record("3")}));
  EXPECT_THAT(ordering_keys_of(event, Ordering::none), ElementsAre(0, alone, 0));
}

TEST(OrderingKeys, LeaveAKinesisRecordAloneWhosePartitionKeyCannotBeRead) {
  const auto event = decode<KinesisStreamRecord>(
      event_of({kinesis_record("1"), with(kinesis_record("2"), R"("key")", "7"), kinesis_record("3")}));
  EXPECT_THAT(ordering_keys_of(event, Ordering::none), ElementsAre(0, alone, 0));
}

}  // namespace
}  // namespace batchproof::detail
