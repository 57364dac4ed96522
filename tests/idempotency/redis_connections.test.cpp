// A store in Redis whose server becomes a replica, while another one takes its place.

#include <gtest/gtest.h>

#include <batchproof/idempotency/guarded_call.hpp>
#include <batchproof/idempotency/redis_store.hpp>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "claims.hpp"
#include "failover_proxy.hpp"
#include "redis_server.hpp"

namespace batchproof {
namespace {

TEST(RedisStore, GivesUpAllConnectionsToAServerThatIsNoLongerThePrimary) {
  const std::unique_ptr<ServerProcess> primary = start_redis();
  FailoverProxy proxy(primary->port());
  RedisStore store({.port = proxy.port()});
  const IdempotencyOptions options{.store_time_limit = ample_time};
  const LambdaContext context;
  const auto call = [&](const std::string& key) {
    return GuardedCall(store, options, context, key, std::nullopt);
  };
  std::vector<GuardedCall> calls;  // more than a step has attempts; each of them has its own connection
  for (int number = 0; number < 5; ++number) {
    calls.push_back(call("call-" + std::to_string(number)));
    EXPECT_FALSE(calls.back().begin());
  }
  for (GuardedCall& each : calls) each.complete("1");
  GuardedCall last = call("last");
  EXPECT_FALSE(last.begin());

  const std::unique_ptr<ServerProcess> new_primary = start_redis();
  const std::string command = "redis-cli -p " + std::to_string(primary->port()) + " replicaof 127.0.0.1 " +
                              std::to_string(new_primary->port()) + " > /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  proxy.lead_to(new_primary->port());
  EXPECT_NO_THROW(last.complete("1"));
  EXPECT_EQ(call("last").begin(), "1");
  EXPECT_FALSE(call("new").begin());
}

}  // namespace
}  // namespace batchproof
