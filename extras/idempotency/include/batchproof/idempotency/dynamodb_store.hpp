#pragma once

// The idempotency store in a table of DynamoDB:
//
//   bp::DynamoDbStore store({.table = "idempotency"});
//   auto handler = bp::idempotent(handle_order, store);

#include <batchproof/aws/client.hpp>
#include <batchproof/detail/export.hpp>
#include <batchproof/idempotency/store.hpp>
#include <map>
#include <string>

namespace batchproof::inline v0_1 {

struct DynamoDbStoreOptions {
  std::string table{};
  std::string key_attribute = "id";  ///< the partition key of the table, a string
  aws::ClientOptions client{};

  /// The sort key of the table, a string, which then holds the keys of records; the partition key holds
  /// `partition`. Left out: the table has no sort key.
  std::string sort_key_attribute{};
  std::string partition{};  ///< left out: idempotency# and AWS_LAMBDA_FUNCTION_NAME
};

/// Keeps claims and results in a table of DynamoDB, by conditional writes: one PutItem to claim, one
/// UpdateItem to complete. The attributes are those of Powertools for AWS Lambda ("Idempotency"): `id`,
/// `status` (INPROGRESS or COMPLETED), `expiration` (seconds, for the table's time to live),
/// `in_progress_expiration` (milliseconds), `data` (JSON text), `validation` (SHA-1); and `claim`, the token
/// of this library. Items of Powertools are read too: docs/idempotency.md says what sharing a table needs.
///
/// The role needs dynamodb:PutItem, GetItem, UpdateItem and DeleteItem. A result is part of an item, which
/// has at most 400 KB. A claim of a key that is held asks for its item by GetItem, in what PutItem left of
/// the time limit. Throws `aws::CallError`, and the constructor `std::invalid_argument` when the keys of the
/// table have no name, one name, or the name of another attribute of its items.
class BATCHPROOF_EXPORT DynamoDbStore : public IdempotencyStore {
 public:
  explicit DynamoDbStore(DynamoDbStoreOptions options);

  std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds time_limit) override;
  bool complete(const Claim& claim, std::string_view result, std::chrono::milliseconds time_limit) override;
  void release(const Claim& claim, std::chrono::milliseconds time_limit) override;

 private:
  BATCHPROOF_NO_EXPORT std::map<std::string, std::string> key_of(const Claim& claim) const;

  DynamoDbStoreOptions options_;
  aws::Client client_;
};

}  // namespace batchproof::inline v0_1
