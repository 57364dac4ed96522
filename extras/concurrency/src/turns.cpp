#include <algorithm>
#include <batchproof/concurrency/turns.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <memory>
#include <utility>

namespace batchproof::inline v0_1 {
namespace {

/// Another thread may still work for the coroutines of this context: none of them is destroyed. So few runs
/// take so long that the number only guards against running out of file descriptors.
void keep_for_other_threads(std::unique_ptr<boost::asio::io_context> context) {
  constexpr std::size_t most_kept = 100;
  static auto& kept = *new std::vector<std::unique_ptr<boost::asio::io_context>>();  // never destroyed
  if (kept.size() < most_kept) kept.push_back(std::move(context));
}

/// Lets what is ready go on. A coroutine that posts itself again and again, until others are done, always is.
void poll_at_most(std::size_t most, boost::asio::io_context& context) {
  std::size_t polled = 0;
  while (polled < most && context.poll_one() > 0) ++polled;
}

}  // namespace

/// Takes the timer off the list when the coroutine goes on without its turn, or is destroyed.
class Turns::Waiting {
 public:
  Waiting(Turns& turns, boost::asio::steady_timer& timer) : turns_(turns), timer_(timer) {
    turns_.waiting_.push_back(&timer_);
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() { std::erase(turns_.waiting_, &timer_); }

  bool still_waits() const {
    return std::find(turns_.waiting_.begin(), turns_.waiting_.end(), &timer_) != turns_.waiting_.end();
  }

 private:
  Turns& turns_;
  boost::asio::steady_timer& timer_;
};

Turns::Turns(const properties::TurnOrder& schedule) {
  if (schedule.choices) {
    to_replay_ = *schedule.choices;
  } else {
    random_.emplace(schedule.seed);
  }
}

void Turns::refuse_elsewhere(const boost::asio::any_io_executor& executor) {
  if (&executor.context() == context_) return;
  is_used_elsewhere_ = true;
  throw NotInTurnsError();
}

boost::asio::awaitable<void> Turns::turn() {
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  refuse_elsewhere(executor);
  boost::asio::steady_timer timer(executor, boost::asio::steady_timer::time_point::max());
  const Waiting waiting(*this, timer);
  co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  if (waiting.still_waits()) throw boost::system::system_error(boost::asio::error::operation_aborted);
}

bool Turns::run(boost::asio::awaitable<void> coroutine, std::chrono::milliseconds patience, Others others) {
  auto context = std::make_unique<boost::asio::io_context>(1);
  context_ = context.get();
  bool has_ended = false;
  std::exception_ptr thrown;
  boost::asio::co_spawn(*context, std::move(coroutine), [&](std::exception_ptr error) {
    has_ended = true;
    thrown = std::move(error);
  });
  const bool awaits_more = patience.count() > 0;
  const bool others_are_a_choice = awaits_more && others == Others::by_choice;
  const auto end = std::chrono::steady_clock::now() + patience;
  const auto go_on = [&] {
    constexpr std::size_t before_a_turn = 200;
    if (!others_are_a_choice) poll_at_most(before_a_turn, *context);
    if (has_ended) return false;
    if (waiting_.empty()) {
      if ((awaits_more ? context->run_one_until(end) : context->poll_one()) > 0) return true;
      lost_patience_ = awaits_more && !context->stopped();
      return false;
    }
    std::size_t choice = choose(waiting_.size() + (others_are_a_choice ? 1 : 0));
    if (choice == waiting_.size()) {
      if (context->poll_one() > 0) return true;
      choice = choose(waiting_.size());
    }
    boost::asio::steady_timer& timer = *waiting_[choice];
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(choice));
    timer.cancel();
    context->restart();
    return true;
  };
  const auto end_run = [&] {
    constexpr std::size_t behind_the_end = 10'000;
    poll_at_most(behind_the_end, *context);
    leaves_work_ = has_ended && (!waiting_.empty() || work_is_left(*context, patience));
    return false;
  };
  std::exception_ptr escaped;  // from a completion handler, such as that of a spawned coroutine
  const auto keeping_errors = [&escaped](const auto& step) {
    try {
      return step();
    } catch (...) {
      if (!escaped) escaped = std::current_exception();
      return true;
    }
  };
  int turns = 0;
  while (turns < most_turns_ && keeping_errors(go_on)) ++turns;
  used_up_turns_ = turns == most_turns_ && !has_ended;
  int tries = 0;
  while (tries < most_turns_ && keeping_errors(end_run)) ++tries;
  waiting_.clear();
  if (lost_patience_) keep_for_other_threads(std::move(context));
  if (is_used_elsewhere_) throw NotInTurnsError();
  if (escaped) std::rethrow_exception(escaped);
  if (thrown) std::rethrow_exception(thrown);
  return has_ended;
}

/// A thread that brought a coroutine back may count as work for a moment longer, in which nothing more runs
/// here, and uses the context until then.
bool Turns::work_is_left(boost::asio::io_context& context, std::chrono::milliseconds patience) {
  if (context.stopped() || patience.count() == 0) return !context.stopped();
  if (context.run_one_for(patience) > 0) return true;
  lost_patience_ = !context.stopped();
  return lost_patience_;
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
