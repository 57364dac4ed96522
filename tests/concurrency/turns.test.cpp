#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <batchproof/concurrency.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "wait_forever.hpp"

namespace batchproof {
namespace {

TEST(Turns, AreAwaitedHoweverOftenACoroutinePostsBefore) {
  Turns turns(1);
  const auto posts_often = [&]() -> boost::asio::awaitable<void> {
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    for (int posts = 0; posts < 1'000; ++posts)
      co_await boost::asio::post(executor, boost::asio::use_awaitable);
    co_await turns.turn();
  };
  EXPECT_TRUE(turns.run(posts_often()));
}

TEST(Turns, GoOnInTheOrderThatTheChoicesSay) {
  std::string log;
  const auto worker = [&log](Turns& turns, char name) -> boost::asio::awaitable<void> {
    co_await turns.turn();
    log += name;
    co_await turns.turn();
    log += name;
  };
  const auto run = [&](std::vector<std::size_t> choices) {
    log.clear();
    Turns turns(std::move(choices));
    const auto both = [&]() -> boost::asio::awaitable<void> {
      const auto executor = co_await boost::asio::this_coro::executor;
      boost::asio::co_spawn(executor, worker(turns, 'a'), boost::asio::detached);
      co_await worker(turns, 'b');
    };
    EXPECT_TRUE(turns.run(both()));
    return log;
  };
  EXPECT_EQ(run({0, 0, 0}), "abab");
  EXPECT_EQ(run({1, 1}), "bb");
  EXPECT_EQ(run({0, 1, 0}), "aabb");
}

TEST(Turns, EndWhereACoroutineTakesThemForEver) {
  int taken = 0;
  const auto take_all = [&](Turns& turns) -> boost::asio::awaitable<void> {
    for (;; ++taken) co_await turns.turn();
  };
  Turns few(1);
  few.set_most_turns(100);
  EXPECT_FALSE(few.run(take_all(few)));
  EXPECT_TRUE(few.used_up_turns());
  EXPECT_LE(taken, 100);
  EXPECT_GT(taken, 90);
  Turns enough(1);
  EXPECT_TRUE(enough.run(enough.turn()));
  EXPECT_FALSE(enough.used_up_turns());
}

TEST(Turns, TellOfACoroutineThatWaitsForNobody) {
  Turns turns(1);
  EXPECT_FALSE(turns.run(wait_forever()));
}

}  // namespace
}  // namespace batchproof
