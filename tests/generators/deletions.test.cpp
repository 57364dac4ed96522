#include <batchproof/generators/deletions.hpp>

#include <gtest/gtest.h>

#include <batchproof/fixtures/source_info.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace batchproof::generators {
namespace {

TEST(Deletions, AreTombstonesOfKafka) {
  const fixtures::SourceInfo& kafka = fixtures::info_of(fixtures::Source::kafka);
  const fixtures::CaseRecord record =
      kafka.plain_record({.identifier = kafka.plain_identifier(1), .payload = R"({"id":"a"})"});
  EXPECT_FALSE(is_tombstone(record));
  const auto with_null = tombstone_of(record);
  EXPECT_TRUE(nlohmann::json::parse(with_null.json).at("value").is_null());
  EXPECT_TRUE(is_tombstone(with_null));
  const auto without = tombstone_of(record, MissingValue::left_out);
  EXPECT_FALSE(nlohmann::json::parse(without.json).contains("value"));
  EXPECT_TRUE(is_tombstone(without));
}

TEST(Deletions, AreRemovalsOfItems) {
  const auto plain_record = fixtures::info_of(fixtures::Source::dynamodb).plain_record;
  const fixtures::CaseRecord change = plain_record({.identifier = "1", .payload = R"({"id":{"S":"a"}})"});
  const auto removal = nlohmann::json::parse(removal_of(change).json);
  EXPECT_EQ(removal.at("eventName"), "REMOVE");
  EXPECT_EQ(removal.at("dynamodb").at("OldImage"), nlohmann::json::parse(R"({"id":{"S":"a"}})"));
  EXPECT_FALSE(removal.at("dynamodb").contains("NewImage"));
  EXPECT_FALSE(removal.contains("userIdentity"));
  EXPECT_THROW(removal_of(removal_of(change)), std::invalid_argument);
  const auto expired = nlohmann::json::parse(removal_of(change, Removed::by_time_to_live).json);
  EXPECT_EQ(expired.at("userIdentity").at("principalId"), "dynamodb.amazonaws.com");
}

}  // namespace
}  // namespace batchproof::generators
