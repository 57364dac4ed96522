#include <batchproof/idempotency/redis_store.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/idempotency/errors.hpp>
#include <chrono>
#include <cstdlib>
#include <string>

#include "claims.hpp"
#include "redis_server.hpp"
#include "trickling_server.hpp"

namespace batchproof {
namespace {

std::string error_of(RedisStore& store, std::chrono::milliseconds time_limit = ample_time) {
  try {
    store.claim(claim_of("k", "t"), time_limit);
  } catch (const StoreError& error) {
    return error.what();
  }
  return "no error";
}

TEST(RedisStore, LetsAClaimExpireByTheServersClock) {
  RedisStore store(options_for(shared_redis()));
  Claim claim = claim_of("expiring", "crashed");
  claim.in_progress_until = claim.now + 1ms;
  EXPECT_FALSE(store.claim(claim, ample_time));
  bool is_free = false;
  while (!is_free) is_free = !store.claim(claim_of("expiring", "second"), ample_time);  // a millisecond or so
  EXPECT_FALSE(store.complete(claim, "late", ample_time));
}

TEST(RedisStore, NeedsNoClockThatIsRight) {
  RedisStore store(options_for(shared_redis()));
  const auto now = std::chrono::system_clock::now();
  for (const std::chrono::hours error : {-1h, 1h}) {
    const std::string key = "clock " + std::to_string(error.count());
    const Claim wrong = claim_of(key, "wrong", now + error);
    const Claim right = claim_of(key, "right", now);
    EXPECT_FALSE(store.claim(wrong, ample_time));
    EXPECT_TRUE(store.claim(right, ample_time));
    EXPECT_TRUE(store.complete(wrong, "1", ample_time));
    const auto completed = store.claim(right, ample_time);
    ASSERT_TRUE(completed);
    EXPECT_EQ(completed->result, "1");
  }
}

TEST(RedisStore, GivesItsPassword) {
  const auto server = start_redis("open sesame");
  RedisStoreOptions options = options_for(*server);
  RedisStore stranger(options);
  EXPECT_THAT(error_of(stranger), ::testing::HasSubstr("Redis failed: NOAUTH Authentication required"));
  options.password = "open sesame";
  RedisStore store(options);
  EXPECT_FALSE(store.claim(claim_of("k", "t"), ample_time));
  options.username = "nobody";
  RedisStore wrong(options);
  EXPECT_THAT(error_of(wrong), ::testing::HasSubstr("WRONGPASS"));
}

TEST(RedisStore, SaysThatTheServerIsGoneAndComesBackWithIt) {
  auto server = start_redis();
  RedisStore store(options_for(*server));
  EXPECT_FALSE(store.claim(claim_of("k", "t"), ample_time));
  const unsigned port = server->port();
  const std::string place = "127.0.0.1:" + std::to_string(port);
  server.reset();
  EXPECT_THAT(error_of(store), ::testing::HasSubstr(place));
  EXPECT_THAT(error_of(store), ::testing::HasSubstr("Connection refused"));
  server = start_redis("", port);
  EXPECT_FALSE(store.claim(claim_of("k", "after"), ample_time));
  EXPECT_TRUE(store.complete(claim_of("k", "after"), "1", ample_time));
}

// These calls take longer than their limit, though none of their single waits does.

std::string status_of(std::size_t bytes) { return "+" + std::string(bytes - 3, 'x') + "\r\n"; }

constexpr std::chrono::milliseconds less_than_for(int bytes) { return bytes * TricklingServer::pace - 10ms; }

TEST(RedisStore, EndsAClaimInTimeWhenTheServerTrickles) {
  TricklingServer server({{"$-1\r\n" + status_of(40) + "$-1\r\n"}, {"+OK\r\n"}});
  RedisStore store({.port = server.port()});
  EXPECT_THAT(error_of(store, less_than_for(40)), ::testing::HasSubstr("Redis failed: "));
}

TEST(RedisStore, SharesTheTimeOfAClaimWithItsPassword) {
  TricklingServer server({{status_of(55)}, {"$-1\r\n" + status_of(40) + "$-1\r\n"}, {"+OK\r\n"}});
  RedisStore store({.port = server.port(), .password = "open sesame"});
  EXPECT_THAT(error_of(store, less_than_for(55 + 55)), ::testing::HasSubstr("Redis failed: "));
}

/// What a server replies to a claim that it takes.
TricklingServer::Reply reply_to(const Claim& claim) {
  const std::string value = R"({"claim":"t","status":"INPROGRESS","in_progress_expiration":)" +
                            std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(
                                               claim.in_progress_until.time_since_epoch())
                                               .count()) +
                            R"(,"validation":"hash"})";
  return {"$-1\r\n+OK\r\n$" + std::to_string(value.size()) + "\r\n" + value + "\r\n", false};
}

TEST(RedisStore, SharesTheTimeOfACompletionAndOfAReleaseWithTheirScripts) {
  const Claim claim = claim_of("k", "t");
  const TricklingServer::Reply claimed = reply_to(claim);
  {
    TricklingServer server({claimed, {"+OK\r\n" + status_of(40) + "*-1\r\n"}, {status_of(50)}});
    RedisStore store({.port = server.port()});
    ASSERT_FALSE(store.claim(claim, ample_time));
    EXPECT_THROW(store.complete(claim, "1", less_than_for(50 + 50)), StoreError);
  }
  TricklingServer server({claimed, {status_of(50)}, {status_of(50)}});
  RedisStore store({.port = server.port()});
  ASSERT_FALSE(store.claim(claim, ample_time));
  EXPECT_THROW(store.release(claim, less_than_for(50 + 50)), StoreError);
}

/// The server refuses the write when it executes the transaction, not when it takes it in.
TEST(RedisStore, DoesNotTakeATransactionWhoseWriteWasRefusedForACompletion) {
  const Claim claim = claim_of("k", "t");
  TricklingServer server({reply_to(claim), {"+OK\r\n+QUEUED\r\n*1\r\n-OOM no memory\r\n", false}});
  RedisStore store({.port = server.port()});
  ASSERT_FALSE(store.claim(claim, ample_time));
  EXPECT_THROW(store.complete(claim, "1", ample_time), StoreError);
}

TEST(RedisStore, GivesUpAServerThatHangs) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  ASSERT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  RedisStore store({.port = ntohs(address.sin_port)});
  EXPECT_THAT(error_of(store, 20ms), ::testing::HasSubstr("Redis failed: Resource temporarily unavailable"));
  close(listener);
}

TEST(RedisStore, RefusesAValueThatIsNotItsOwn) {
  RedisStore store(options_for(shared_redis()));
  for (const char* const value :
       {"hello", "[]", R"({\"status\":1})", R"({\"status\":\"COMPLETED\",\"data\":{}})"}) {
    const std::string command = "redis-cli -p " + std::to_string(shared_redis().port()) + " set foreign \"" +
                                value + "\" > /dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
    EXPECT_THROW(store.claim(claim_of("foreign", "t"), ample_time), StoreError) << value;
  }
}

}  // namespace
}  // namespace batchproof
