#pragma once

// The idempotency store in Redis or Valkey:
//
//   bp::RedisStore store({.host = "orders.cache.example"});
//   auto handler = bp::idempotent(handle_order, store);

#include <batchproof/detail/export.hpp>
#include <batchproof/idempotency/store.hpp>
#include <memory>
#include <string>

namespace batchproof::inline v0_1 {

struct RedisStoreOptions {
  std::string host = "127.0.0.1";
  int port = 6379;
  std::string username{};  ///< empty: Redis's default user
  std::string password{};  ///< empty: no authentication
};

/// Keeps claims and results in Redis 7.0 or newer, or in Valkey. A claim is one command, a completion one
/// transaction, all of them atomic. The server itself lets them expire, so that the clocks of functions do
/// not matter. A value is JSON with the members that Powertools for AWS Lambda gives it, and `claim`, the
/// token.
///
/// It keeps a connection for each claim that is neither completed nor released, and one for each call that
/// runs at the same time. They are not encrypted. The server must keep its data across a restart or a
/// failover: see docs/idempotency.md. Throws `StoreError`.
///
/// The time limit of a call is for all that it waits for: the connection, the password, each part of each
/// reply. The resolver alone, which looks up the name of the host, has a limit of its own (resolv.conf(5)).
class BATCHPROOF_EXPORT RedisStore : public IdempotencyStore {
 public:
  explicit RedisStore(RedisStoreOptions options);
  ~RedisStore() override;
  RedisStore(const RedisStore&) = delete;
  RedisStore& operator=(const RedisStore&) = delete;

  std::optional<ExistingRecord> claim(const Claim& claim, std::chrono::milliseconds time_limit) override;
  bool complete(const Claim& claim, std::string_view result, std::chrono::milliseconds time_limit) override;
  void release(const Claim& claim, std::chrono::milliseconds time_limit) override;

 private:
  class BATCHPROOF_NO_EXPORT Connections;
  std::unique_ptr<Connections> connections_;
};

}  // namespace batchproof::inline v0_1
