#pragma once

// The contract of every store, for INSTANTIATE_TEST_SUITE_P with the kinds of stores.

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <batchproof/idempotency/store.hpp>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "claims.hpp"

namespace batchproof {

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<IdempotencyStore>()> make;
  int races = 10'000;
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

/// Also one that looks like a part of the store's own texts.
TEST_P(IdempotencyStores, KeepACompletedKeyWhenItIsReleased) {
  for (const std::string result : {"1", "INPROGRESS", R"("status":"INPROGRESS")"}) {
    Claim claim = claim_of(key + result, "first");
    store->claim(claim, ample_time);
    EXPECT_TRUE(store->complete(claim, result, ample_time));
    store->release(claim, ample_time);
    claim.token = "second";
    const auto existing = store->claim(claim, ample_time);
    ASSERT_TRUE(existing) << result;
    EXPECT_TRUE(existing->is_completed);
  }
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

/// One of two processes that claim the same key again and again, at the same time. They meet before each
/// claim by a byte on a socket, which is closed when one of them ends.
class Racer {
 public:
  enum class Outcome : char { won = 'w', lost = 'l', failed = 'f', gone = 'g' };

  Racer(IdempotencyStore& store, Claim claim, int socket)
      : store_(store), claim_(std::move(claim)), socket_(socket) {}

  /// Claims the key when both are there, and releases it when both have tried. Who is first to go on would
  /// mostly win, so they take turns: `goes_first` must differ between the two. Returns the outcomes of this
  /// process and of the other one.
  std::pair<Outcome, Outcome> race(bool goes_first) {
    if (!goes_first) send(ready);
    const bool is_met = receive() == ready;
    if (goes_first) send(ready);
    if (!is_met) return {Outcome::gone, Outcome::gone};
    const Outcome own = claim();
    send(static_cast<char>(own));
    const auto other = static_cast<Outcome>(receive());
    if (own == Outcome::won) store_.release(claim_, ample_time);
    return {own, other};
  }

 private:
  static constexpr char ready = 'r';

  Outcome claim() {
    try {
      return store_.claim(claim_, ample_time) ? Outcome::lost : Outcome::won;
    } catch (const std::exception& error) {
      std::cerr << claim_.token << ": " << error.what() << '\n';
      return Outcome::failed;
    }
  }

  void send(char byte) const { ::send(socket_, &byte, 1, MSG_NOSIGNAL); }
  char receive() const {
    char byte = 0;
    return recv(socket_, &byte, 1, 0) == 1 ? byte : static_cast<char>(Outcome::gone);
  }

  IdempotencyStore& store_;
  Claim claim_;
  int socket_;
};

/// Two processes claim one key again and again, at the same time: each time it is given to one of them.
TEST_P(SharedIdempotencyStores, LetOneOfTwoProcessesWinEachRace) {
  const int races = GetParam().races;
  using Outcome = Racer::Outcome;
  std::array<int, 2> sockets{};
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(sockets[0]);
    const auto own_store = GetParam().make();  // connections of its own
    Racer racer(*own_store, claim_of(key, "child"), sockets[1]);
    for (int race = 0; race < races; ++race) racer.race(race % 2 == 1);
    _exit(0);
  }
  close(sockets[1]);
  std::map<std::pair<Outcome, Outcome>, int> outcomes;
  int overtakings = 0;
  {
    Racer racer(*store, claim_of(key, "parent"), sockets[0]);
    for (int race = 0; race < races; ++race) {
      const bool goes_first = race % 2 == 0;
      const auto outcome = racer.race(goes_first);
      outcomes[outcome] += 1;
      overtakings += (outcome.first == Outcome::won) == goes_first ? 0 : 1;
    }
  }
  close(sockets[0]);
  waitpid(child, nullptr, 0);
  const int own_wins = outcomes[{Outcome::won, Outcome::lost}];
  const int wins_of_the_other = outcomes[{Outcome::lost, Outcome::won}];
  std::cout << "one key, " << races << " races: this process won " << own_wins << ", the other one "
            << wins_of_the_other << "; the one that went second won " << overtakings << '\n';
  EXPECT_EQ(own_wins + wins_of_the_other, races);
  EXPECT_GT(own_wins, 0);
  EXPECT_GT(wins_of_the_other, 0);
}

inline std::string name_of_kind(const ::testing::TestParamInfo<StoreKind>& kind) { return kind.param.name; }

}  // namespace batchproof
