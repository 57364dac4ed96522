#include <batchproof/concurrency/turns.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

namespace batchproof::inline v0_1 {

Turns::Turns(const properties::TurnOrder& schedule) {
  if (schedule.choices) {
    to_replay_ = *schedule.choices;
  } else {
    random_.emplace(schedule.seed);
  }
}

boost::asio::awaitable<void> Turns::turn() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                  boost::asio::steady_timer::time_point::max());
  waiting_.push_back(&timer);
  co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

bool Turns::run(boost::asio::awaitable<void> coroutine, std::chrono::milliseconds patience) {
  boost::asio::io_context context(1);
  bool has_ended = false;
  std::exception_ptr thrown;
  boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr error) {
    has_ended = true;
    thrown = std::move(error);
  });
  constexpr int most_turns = 20'000;
  const bool awaits_more = patience.count() > 0;  // other operations, which continue between two turns
  const auto end = std::chrono::steady_clock::now() + patience;
  for (int turns = 0; turns < most_turns; ++turns) {
    if (!awaits_more) context.poll();
    if (has_ended) break;
    if (waiting_.empty()) {
      if (awaits_more && context.run_one_until(end) > 0) continue;
      break;
    }
    std::size_t choice = choose(waiting_.size() + (awaits_more ? 1 : 0));
    if (choice == waiting_.size()) {
      if (context.poll_one() > 0) continue;
      choice = choose(waiting_.size());
    }
    boost::asio::steady_timer& timer = *waiting_[choice];
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(choice));
    timer.cancel();
    context.restart();
  }
  context.poll();
  leaves_work_ = has_ended && (!waiting_.empty() || !context.stopped());
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

}  // namespace batchproof::inline v0_1
