// How DynamoDbStore completes a key, by a server on loopback that answers as each test says. Its contract as
// a store is tested with a real table, in tests/real_servers.

#include <batchproof/idempotency/dynamodb_store.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/idempotency/errors.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "claims.hpp"
#include "loopback_client.hpp"

namespace batchproof {
namespace {

const aws::LoopbackServer::Answer too_large{
    .status = "400 Bad Request",
    .body = R"({"__type":"com.amazon.coral.validate#ValidationException",)"
            R"("message":"Item size to update has exceeded the maximum allowed size"})"};

/// What a claim finds whose key is held by this item.
ExistingRecord found_in(const std::string& item) {
  aws::LoopbackServer server(
      {{.status = "400 Bad Request", .body = R"({"__type":"dynamodb#ConditionalCheckFailedException"})"},
       {.body = R"({"Item":)" + item + "}"}});
  DynamoDbStore store({.table = "handled", .client = client_of(server)});
  return store.claim(claim_of("k", "t"), ample_time).value_or(ExistingRecord{});
}

/// A function with Powertools for TypeScript that took longer than its claim completes the item, which has
/// the token of this library by then.
TEST(ClaimOnDynamoDb, ReadsAResultOfPowertoolsInAnItemOfThisLibrary) {
  const auto found =
      found_in(R"({"status":{"S":"COMPLETED"},"claim":{"S":"a"},"data":{"M":{"receipt":{"N":"7"}}}})");
  EXPECT_TRUE(found.is_completed);
  EXPECT_EQ(found.result, R"({"receipt":7})");
}

TEST(ClaimOnDynamoDb, NamesAnItemThatIsNoneOfIdempotency) {
  for (const char* const item : {"{}", R"({"id":{"S":"k"}})", R"({"status":{"S":"SHIPPED"}})"}) {
    try {
      found_in(item);
      ADD_FAILURE() << item << ": nothing was thrown";
    } catch (const StoreError& error) {
      EXPECT_STREQ(error.what(), "the table handled holds something else at the key k");
    }
  }
}

TEST(ClaimOnDynamoDb, FailsForAValueThatHasNoType) {
  for (const char* const data : {"{}", R"({"L":[{}]})", "[]", "7", R"({"N":"seven"})", R"({"N":{}})"})
    EXPECT_ANY_THROW(found_in(R"({"status":{"S":"COMPLETED"},"data":)" + std::string(data) + "}")) << data;
}

struct CompletionOnDynamoDb {
  explicit CompletionOnDynamoDb(aws::LoopbackServer::Answers answers) : server(std::move(answers)) {}

  /// The texts of the result that were sent.
  std::vector<std::string> data() const {
    std::vector<std::string> all;
    for (const auto& request : server.requests())
      all.push_back(nlohmann::json::parse(request.body)["ExpressionAttributeValues"][":data"]["S"]);
    return all;
  }

  aws::LoopbackServer server;
  DynamoDbStore store{{.table = "handled", .client = client_of(server)}};
};

TEST(CompletionOnDynamoDb, KeepsAnEmptyResultForOneThatIsNotTextOrLargerThanAnItem) {
  for (const std::string& result : {std::string("\xff"), std::string(400 * 1'024 + 1, 'x')}) {
    CompletionOnDynamoDb completion({{.body = "{}"}});
    EXPECT_TRUE(completion.store.complete(claim_of("k", "t"), result, ample_time));
    EXPECT_THAT(completion.data(), ::testing::ElementsAre(""));
  }
}

TEST(CompletionOnDynamoDb, KeepsAnEmptyResultWhenTheItemWouldBeTooLarge) {
  CompletionOnDynamoDb completion({too_large, {.body = "{}"}});
  const std::string result(400 * 1'024, 'x');
  EXPECT_TRUE(completion.store.complete(claim_of("k", "t"), result, ample_time));
  EXPECT_THAT(completion.data(), ::testing::ElementsAre(result, ""));
}

TEST(CompletionOnDynamoDb, FailsWhenAnEmptyResultIsRefusedToo) {
  CompletionOnDynamoDb completion({too_large});
  EXPECT_THROW(completion.store.complete(claim_of("k", "t"), "1", ample_time), aws::ServiceError);
  EXPECT_THAT(completion.data(), ::testing::ElementsAre("1", ""));
}

TEST(CompletionOnDynamoDb, WritesAnItemThatIsGoneWithItsClaimAndItsValidation) {
  CompletionOnDynamoDb completion({{.body = "{}"}});
  EXPECT_TRUE(completion.store.complete(claim_of("k", "t"), "1", ample_time));
  const auto request = nlohmann::json::parse(completion.server.requests().at(0).body);
  EXPECT_EQ(request["ConditionExpression"], "attribute_not_exists(#key) OR #claim = :claim");
  EXPECT_EQ(request["UpdateExpression"],
            "SET #status = :completed, #data = :data, #expiration = :expiration, #claim = :claim, "
            "#validation = :validation");
  EXPECT_EQ(request["ExpressionAttributeNames"]["#key"], "id");
  EXPECT_EQ(request["ExpressionAttributeValues"][":claim"]["S"], "t");
  EXPECT_EQ(request["ExpressionAttributeValues"][":validation"]["S"], "hash");
}

}  // namespace
}  // namespace batchproof
