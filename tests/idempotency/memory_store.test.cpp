#include <batchproof/idempotency/memory_store.hpp>

#include <gtest/gtest.h>

#include "claims.hpp"

namespace batchproof {
namespace {

TEST(MemoryStore, GivesAwayAClaimAndAResultThatHaveExpired) {
  MemoryStore store;
  const auto now = std::chrono::system_clock::now();
  store.claim(claim_of("k", "crashed", now), ample_time);
  EXPECT_TRUE(store.claim(claim_of("k", "early", now + 1min), ample_time));
  const Claim second = claim_of("k", "second", now + 61s);
  EXPECT_FALSE(store.claim(second, ample_time));
  EXPECT_FALSE(store.complete(claim_of("k", "crashed", now), "late", ample_time));
  store.complete(second, "1", ample_time);
  EXPECT_TRUE(store.claim(claim_of("k", "third", now + 24h), ample_time));
  EXPECT_FALSE(store.claim(claim_of("k", "third", now + 25h), ample_time));
}

}  // namespace
}  // namespace batchproof
