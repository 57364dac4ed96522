#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace batchproof {

/// Runs coroutines on one thread, and chooses which of those that wait for their turn goes on next. The same
/// seed, or the same choices, give the same run: no clock is asked and no thread races. One run an object.
class Turns {
 public:
  /// Chooses at random.
  explicit Turns(std::uint64_t seed) : random_(seed) {}

  /// Chooses as it did before; the first that waits where no choice is left.
  explicit Turns(std::vector<std::size_t> choices) : to_replay_(std::move(choices)) {}

  /// Waits until it is chosen. To be awaited by coroutines that `run` runs, wherever others may go on.
  boost::asio::awaitable<void> turn();

  /// Runs the coroutine, and what it spawns, until it has ended; throws what it threw. False when it has not:
  /// nobody waits for a turn any more, or 2,000 were given, which is more than the batches of a verification
  /// need.
  bool run(boost::asio::awaitable<void> coroutine);

  /// For each turn that was given while several waited: the position of the one that was chosen, among those
  /// that waited, the longest first.
  const std::vector<std::size_t>& choices() const noexcept { return choices_; }

 private:
  std::size_t choose(std::size_t count);

  std::optional<std::mt19937_64> random_;
  std::vector<std::size_t> to_replay_;
  std::vector<std::size_t> choices_;
  std::vector<boost::asio::steady_timer*> waiting_;
};

}  // namespace batchproof
