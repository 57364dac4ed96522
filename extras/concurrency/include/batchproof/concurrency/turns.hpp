#pragma once

#include <atomic>
#include <batchproof/properties/turn_order.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

namespace batchproof::inline v0_1 {

/// A coroutine asked for a turn on an executor of its own. `Turns::run` gives turns only on its executor, so
/// this coroutine would never continue.
class NotInTurnsError : public std::logic_error {
 public:
  NotInTurnsError()
      : std::logic_error(
            "batchproof: a coroutine awaited the probe or its turn on an executor that is not the subject's: "
            "async_process_partial_response runs its coroutines on one of its own, and blocks; a subject is "
            "a coroutine that says co_await processor.process(event, std::ref(probe))") {}
};

/// Runs coroutines on one thread, and chooses which waiting coroutine continues next. The same seed, or the
/// same choices, give the same run, unless coroutines await other operations, such as timers or work on other
/// threads: then it waits for those, by the clock. One object serves one run.
class Turns {
 public:
  /// When coroutines that await other operations continue.
  enum class Others {
    when_ready,  ///< as soon as the operation completed, before the next turn
    by_choice    ///< letting one of them continue is a choice, beside the turns
  };

  /// Chooses at random.
  explicit Turns(std::uint64_t seed) : random_(seed) {}

  /// Repeats these choices; then chooses the coroutine that waited longest.
  explicit Turns(std::vector<std::size_t> choices) : to_replay_(std::move(choices)) {}

  /// Repeats the choices of the schedule, or else chooses by its seed.
  explicit Turns(const properties::TurnOrder& schedule);

  /// Waits until this coroutine is chosen. Coroutines that `run` runs await it between two steps. Throws
  /// `NotInTurnsError` on an executor that `run` does not run, and as an operation of Asio does when the
  /// coroutine is cancelled.
  boost::asio::awaitable<void> turn();

  /// The check of `turn` alone, from any thread. `run` throws the error once more.
  void refuse_elsewhere(const boost::asio::any_io_executor& executor);

  /// Runs the coroutine, and those that it spawns, until it has ended; rethrows its exception, or the first
  /// one that left a completion handler meanwhile. With `patience` coroutines may also await other
  /// operations. Returns false when the coroutine cannot end: no coroutine waits for a turn, and no operation
  /// completed within the patience; or `most_turns` turns passed.
  bool run(boost::asio::awaitable<void> coroutine, std::chrono::milliseconds patience = {},
           Others others = Others::by_choice);

  /// The most turns that the next `run` gives; 20,000 by default. A record needs some turns, and one whose
  /// coroutines wait for others by posting themselves some dozens.
  void set_most_turns(int most_turns) noexcept { most_turns_ = most_turns; }

  /// True when `run` gave all of them, and the coroutine had not ended.
  bool used_up_turns() const noexcept { return used_up_turns_; }

  /// True when a coroutine was still waiting, for a turn or for an operation, when `run` returned true.
  bool leaves_work() const noexcept { return leaves_work_; }

  /// True when `run` waited for an operation until its patience was used up.
  bool lost_patience() const noexcept { return lost_patience_; }

  /// For each turn with more than one coroutine waiting: the position of the chosen one among them, the
  /// longest wait first. With patience and `Others::by_choice`, one more position stands for the coroutines
  /// that await other operations.
  const std::vector<std::size_t>& choices() const noexcept { return choices_; }

 private:
  class Waiting;

  std::size_t choose(std::size_t count);
  bool work_is_left(boost::asio::io_context& context, std::chrono::milliseconds patience);

  std::optional<std::mt19937_64> random_;
  std::vector<std::size_t> to_replay_;
  std::vector<std::size_t> choices_;
  std::vector<boost::asio::steady_timer*> waiting_;
  const boost::asio::execution_context* context_ = nullptr;
  std::atomic<bool> is_used_elsewhere_ = false;
  bool leaves_work_ = false;
  bool lost_patience_ = false;
  bool used_up_turns_ = false;
  int most_turns_ = 20'000;
};

}  // namespace batchproof::inline v0_1
