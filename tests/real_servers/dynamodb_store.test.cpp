// The contract of a store, and the table that DynamoDbStore writes.

#include <batchproof/idempotency/dynamodb_store.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/effects/verify_idempotent.hpp>
#include <batchproof/idempotency/errors.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "../idempotency/store_contract.hpp"
#include "table.hpp"

namespace batchproof {
namespace {

using namespace testing_servers;
using Json = nlohmann::json;

std::unique_ptr<DynamoDbStore> make_store() { return table().make_store(); }

/// A race takes 4 ms; .ci/when_changed/real_servers wants 10,000.
int wanted_races() {
  const char* const wanted = std::getenv("BATCHPROOF_RACES");
  return wanted == nullptr ? 500 : std::stoi(wanted);
}

const StoreKind dynamodb{"DynamoDb", make_store, wanted_races()};
INSTANTIATE_TEST_SUITE_P(DynamoDb, IdempotencyStores, ::testing::Values(dynamodb), name_of_kind);
INSTANTIATE_TEST_SUITE_P(DynamoDb, SharedIdempotencyStores, ::testing::Values(dynamodb), name_of_kind);

TEST(DynamoDbStore, WritesTheAttributesOfPowertools) {
  const auto store = make_store();
  Claim claim = claim_of("layout", "token");
  claim.now = std::chrono::system_clock::from_time_t(1'800'000'000);
  claim.in_progress_until = claim.now + 1500ms;
  claim.expires = claim.now + 1h;
  store->claim(claim, ample_time);
  const Json claimed{{"id", {{"S", "layout"}}},
                     {"status", {{"S", "INPROGRESS"}}},
                     {"claim", {{"S", "token"}}},
                     {"validation", {{"S", "hash"}}},
                     {"expiration", {{"N", "1800003600"}}},
                     {"in_progress_expiration", {{"N", "1800000001500"}}}};
  EXPECT_EQ(table().item("layout"), claimed);
  store->complete(claim, R"({"receipt":7})", ample_time);
  EXPECT_EQ(table().item("layout").at("status"), (Json{{"S", "COMPLETED"}}));
  EXPECT_EQ(table().item("layout").at("data"), (Json{{"S", R"({"receipt":7})"}}));
}

TEST(DynamoDbStore, GivesAwayAClaimAndAResultThatHaveExpired) {
  const auto store = make_store();
  const auto now = std::chrono::system_clock::now();
  store->claim(claim_of("k", "crashed", now), ample_time);
  EXPECT_TRUE(store->claim(claim_of("k", "early", now + 59s), ample_time));
  const Claim second = claim_of("k", "second", now + 61s);
  EXPECT_FALSE(store->claim(second, ample_time));
  EXPECT_FALSE(store->complete(claim_of("k", "crashed", now), "late", ample_time));
  store->complete(second, "1", ample_time);
  EXPECT_TRUE(store->claim(claim_of("k", "third", now + 23h), ample_time));
  EXPECT_FALSE(store->claim(claim_of("k", "third", now + 25h), ample_time));
}

/// The store in worlds of crashes, overlapping deliveries and lost answers.
TEST(DynamoDbStore, LetsEachEffectHappenOnce) {
  const auto store = make_store();
  const auto report =
      verify_idempotent<SqsRecord>([](const SqsRecord& record) { return std::string(record.message_id()); },
                                   *store, {}, {.worlds = 30, .seed = 1});
  EXPECT_TRUE(report.passed()) << report.text();
}

TEST(DynamoDbStore, NamesTheErrorOfATableThatDoesNotExist) {
  DynamoDbStore store({.table = "no_such_table", .client = options_for(table().server())});
  try {
    store.claim(claim_of("k", "t"), ample_time);
    FAIL() << "nothing was thrown";
  } catch (const aws::ServiceError& error) {
    EXPECT_EQ(error.code(), "ResourceNotFoundException");
  }
}

}  // namespace
}  // namespace batchproof
