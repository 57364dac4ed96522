#pragma once

// The contract of every store, for INSTANTIATE_TEST_SUITE_P with the kinds of stores.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <batchproof/idempotency/store.hpp>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include "claims.hpp"

namespace batchproof {

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<IdempotencyStore>()> make;
};

class IdempotencyStores : public ::testing::TestWithParam<StoreKind> {
 protected:
  std::unique_ptr<IdempotencyStore> store = GetParam().make();
  const std::string key = "orders#" + std::to_string(getpid()) + "#" +
                          ::testing::UnitTest::GetInstance()->current_test_info()->name();
  const Claim first = claim_of(key, "first");
  const Claim second = claim_of(key, "second");
};

TEST_P(IdempotencyStores, GiveAKeyToOneClaimAlone) {
  EXPECT_FALSE(store->claim(first, ample_time));
  const auto existing = store->claim(second, ample_time);
  ASSERT_TRUE(existing);
  EXPECT_FALSE(existing->is_completed);
  EXPECT_EQ(existing->validation, "hash");
}

TEST_P(IdempotencyStores, SayTheSameWhenACallIsRepeated) {
  EXPECT_FALSE(store->claim(first, ample_time));
  EXPECT_FALSE(store->claim(first, ample_time));
  EXPECT_TRUE(store->complete(first, "1", ample_time));
  EXPECT_TRUE(store->complete(first, "1", ample_time));
  store->release(first, ample_time);
  EXPECT_TRUE(store->claim(second, ample_time));
}

TEST_P(IdempotencyStores, KeepTheResult) {
  const std::string result = R"({"text":"a \"quoted\" text, ü, and a line\nbreak"})";
  store->claim(first, ample_time);
  EXPECT_TRUE(store->complete(first, result, ample_time));
  const auto existing = store->claim(second, ample_time);
  ASSERT_TRUE(existing);
  EXPECT_TRUE(existing->is_completed);
  EXPECT_EQ(existing->result, result);
  EXPECT_EQ(existing->validation, "hash");
}

TEST_P(IdempotencyStores, GiveAReleasedKeyAway) {
  store->claim(first, ample_time);
  store->release(first, ample_time);
  EXPECT_FALSE(store->claim(second, ample_time));
}

TEST_P(IdempotencyStores, LeaveAnotherOnesClaimAlone) {
  store->claim(first, ample_time);
  store->release(second, ample_time);
  EXPECT_FALSE(store->complete(second, "2", ample_time));
  const auto existing = store->claim(second, ample_time);
  ASSERT_TRUE(existing);
  EXPECT_FALSE(existing->is_completed);
  EXPECT_TRUE(store->complete(first, "1", ample_time));
}

/// Stores that several processes share.
class SharedIdempotencyStores : public IdempotencyStores {};

/// Two processes claim the same 10,000 keys: each key is won once.
TEST_P(SharedIdempotencyStores, LetOneOfTwoProcessesWinEachOfTenThousandRaces) {
  constexpr int races = 10'000;
  const auto count_wins = [&](const std::string& token) {
    const auto own_store = GetParam().make();  // connections of its own
    int wins = 0;
    for (int race = 0; race < races; ++race)
      wins += own_store->claim(claim_of(key + std::to_string(race), token), ample_time) ? 0 : 1;
    return wins;
  };
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const int wins = count_wins("child");
    const bool is_written = write(ends[1], &wins, sizeof wins) == sizeof wins;
    _exit(is_written ? 0 : 1);
  }
  const int own_wins = count_wins("parent");
  int wins_of_child = -1;
  ASSERT_EQ(read(ends[0], &wins_of_child, sizeof wins_of_child), static_cast<ssize_t>(sizeof wins_of_child));
  waitpid(child, nullptr, 0);
  EXPECT_EQ(own_wins + wins_of_child, races);
}

inline std::string name_of_kind(const ::testing::TestParamInfo<StoreKind>& kind) { return kind.param.name; }

}  // namespace batchproof
