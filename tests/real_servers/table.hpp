#pragma once

// A DynamoDB API with the table of a store, for all tests of the program.

#include <batchproof/aws.hpp>
#include <batchproof/idempotency/dynamodb_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "npm_servers.hpp"

namespace batchproof::testing_servers {

class Table {
 public:
  Table() {
    client_.call("CreateTable", R"({"TableName":"handled","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})");
  }

  nlohmann::json item(const std::string& key) const {
    const nlohmann::json request{{"TableName", "handled"}, {"Key", {{"id", {{"S", key}}}}}};
    return nlohmann::json::parse(client_.call("GetItem", request.dump())).at("Item");
  }

  std::unique_ptr<DynamoDbStore> make_store() const {
    return std::make_unique<DynamoDbStore>(
        DynamoDbStoreOptions{.table = "handled", .client = options_for(server_)});
  }

  const ServerProcess& server() const noexcept { return server_; }

 private:
  ServerProcess server_ = start_dynamodb();
  aws::Client client_{aws::Service::dynamodb, options_for(server_)};
};

inline const Table& table() {
  static const Table the_table;
  return the_table;
}

}  // namespace batchproof::testing_servers
