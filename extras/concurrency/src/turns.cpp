#include <batchproof/concurrency/turns.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

namespace batchproof {

boost::asio::awaitable<void> Turns::turn() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                  boost::asio::steady_timer::time_point::max());
  waiting_.push_back(&timer);
  co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

bool Turns::run(boost::asio::awaitable<void> coroutine) {
  boost::asio::io_context context(1);
  bool has_ended = false;
  std::exception_ptr thrown;
  boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr error) {
    has_ended = true;
    thrown = std::move(error);
  });
  constexpr int most_turns = 2'000;
  int turns = 0;
  for (context.poll(); !has_ended && !waiting_.empty() && turns < most_turns; context.poll()) {
    ++turns;
    const auto chosen = waiting_.begin() + static_cast<std::ptrdiff_t>(choose(waiting_.size()));
    boost::asio::steady_timer& timer = **chosen;
    waiting_.erase(chosen);
    timer.cancel();
    context.restart();
  }
  waiting_.clear();
  if (thrown) std::rethrow_exception(thrown);
  return has_ended;
}

std::size_t Turns::choose(std::size_t count) {
  if (count == 1) return 0;
  const std::size_t number = choices_.size();
  std::size_t choice = 0;
  if (random_) choice = (*random_)() % count;
  if (number < to_replay_.size()) choice = to_replay_[number] % count;
  choices_.push_back(choice);
  return choice;
}

}  // namespace batchproof
