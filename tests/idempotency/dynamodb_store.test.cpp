// How DynamoDbStore completes a key, by a server on loopback that answers as each test says. Its contract as
// a store is tested with a real table, in tests/real_servers.

#include <batchproof/idempotency/dynamodb_store.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/idempotency/errors.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
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

const aws::LoopbackServer::Answer refused{.status = "400 Bad Request",
                                          .body = R"({"__type":"dynamodb#ConditionalCheckFailedException"})"};

/// A table that other items share has a sort key: the keys of records stand there.
TEST(KeysOnDynamoDb, AreSortKeysOfOnePartition) {
  aws::LoopbackServer server(
      {refused, {.body = R"({"Item":{"status":{"S":"COMPLETED"}}})"}, {.body = "{}"}, {.body = "{}"}});
  DynamoDbStore store({.table = "all",
                       .key_attribute = "PK",
                       .client = client_of(server),
                       .sort_key_attribute = "SK",
                       .partition = "handled"});
  const std::string long_key(1'025, 'k');
  EXPECT_TRUE(store.claim(claim_of("k", "t"), ample_time).value_or(ExistingRecord{}).is_completed);
  EXPECT_TRUE(store.complete(claim_of("k", "t"), "1", ample_time));
  store.release(claim_of(long_key, "t"), ample_time);
  const auto requests = server.requests();
  const auto sent = [&](std::size_t index) { return nlohmann::json::parse(requests.at(index).body); };
  const nlohmann::json key{{"PK", {{"S", "handled"}}}, {"SK", {{"S", "k"}}}};
  EXPECT_EQ(sent(0)["Item"]["PK"], key["PK"]);
  EXPECT_EQ(sent(0)["Item"]["SK"], key["SK"]);
  EXPECT_EQ(sent(0)["ExpressionAttributeNames"]["#key"], "PK");
  EXPECT_EQ(sent(1)["Key"], key);
  EXPECT_EQ(sent(2)["Key"], key);
  EXPECT_EQ(sent(3)["Key"]["SK"]["S"].get<std::string>().size(), 45U) << "a sort key has up to 1,024 bytes";
}

TEST(KeysOnDynamoDb, AreInThePartitionOfTheirFunction) {
  const char* const before = std::getenv("AWS_LAMBDA_FUNCTION_NAME");
  const std::string restored = before == nullptr ? "" : before;
  setenv("AWS_LAMBDA_FUNCTION_NAME", "orders", 1);
  aws::LoopbackServer server({{.body = "{}"}});
  DynamoDbStore store({.table = "all", .client = client_of(server), .sort_key_attribute = "sk"});
  before == nullptr ? unsetenv("AWS_LAMBDA_FUNCTION_NAME")
                    : setenv("AWS_LAMBDA_FUNCTION_NAME", restored.c_str(), 1);
  EXPECT_FALSE(store.claim(claim_of("k", "t"), ample_time));
  EXPECT_EQ(nlohmann::json::parse(server.requests().at(0).body)["Item"]["id"]["S"], "idempotency#orders");
}

TEST(KeysOnDynamoDb, HaveTwoNames) {
  aws::LoopbackServer server({});
  EXPECT_THROW(DynamoDbStore({.table = "all", .client = client_of(server), .sort_key_attribute = "id"}),
               std::invalid_argument);
  EXPECT_THROW(DynamoDbStore({.table = "all", .client = client_of(server), .sort_key_attribute = "data"}),
               std::invalid_argument);
  EXPECT_THROW(DynamoDbStore({.table = "all", .key_attribute = "", .client = client_of(server)}),
               std::invalid_argument);
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
