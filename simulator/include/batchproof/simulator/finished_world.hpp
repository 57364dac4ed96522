#pragma once

#include <batchproof/simulator/world.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// Where a message ended.
enum class Fate {
  on_source,      ///< still there when the world was stopped
  done,           ///< deleted from the queue, or passed by an accepted checkpoint
  dead_lettered,  ///< in the dead-letter queue, or told to the on-failure destination of a stream
  expired         ///< older than the source keeps it
};

/// "dead_lettered".
std::string_view name(Fate fate) noexcept;

/// How often the handler of a message that is poison fails.
inline constexpr std::size_t always = std::numeric_limits<std::size_t>::max();

/// The life of one message or record, whose number is its position in `FinishedWorld::messages`: the order in
/// which they were sent.
struct Message {
  std::string identifier{};  ///< messageId, or the sequence number of a stream
  std::size_t group = 0;     ///< message group of a FIFO queue, key of a stream
  std::size_t lane = 0;      ///< of a stream: the shard, or its part; its order is the lane's
  std::size_t failures =
      0;  ///< how often its handler fails before it succeeds or the faults heal; `always`: poison
  std::chrono::milliseconds sent_at{0};
  std::optional<std::chrono::milliseconds> sent_again_at{};  ///< of a FIFO queue, which takes it once

  Fate fate = Fate::on_source;
  std::chrono::milliseconds ended_at{0};
  std::uint32_t deliveries = 0;
  std::uint32_t tries = 0;  ///< handler calls, those that were cut off by the end of the function too
  std::uint32_t failed_tries = 0;
  std::uint32_t successes = 0;      ///< handler calls that returned normally
  std::uint32_t duplicates = 0;     ///< deletions that did not count
  std::uint64_t first_success = 0;  ///< among all successes of the world, in their order; from 1
  std::uint64_t last_success = 0;

  // Of a stream.
  std::size_t root = 0;      ///< the number of the batch that it was read with first
  std::uint32_t splits = 0;  ///< how often the batch that it was in was split, at a checkpoint or in halves
  std::uint32_t checkpoints =
      0;  ///< how often one moved up to it or before it: each begins a new count of retries
  bool was_disturbed = false;  ///< an invocation that it was in ended early or went unread

  bool is_poison() const noexcept { return failures == always; }
};

/// A message and the invocation that did something to it.
struct Incident {
  std::size_t message;
  std::uint64_t invocation;
};

/// What became of a world.
struct FinishedWorld {
  World world{};
  std::vector<Message> messages{};  ///< in the order in which they were sent
  std::uint64_t invocations = 0;
  bool at_rest = false;  ///< nothing was left on the source
  std::chrono::milliseconds ended_at{0};

  /// Messages that come again without need: nothing disturbed the invocation, and their handler returned
  /// normally, or was not called though no failure forbade it. The first hundred.
  std::vector<Incident> needless{};

  /// Records that an accepted checkpoint passed though no handler had returned normally for them. The first
  /// hundred.
  std::vector<Incident> skipped{};
};

/// The figures of a world.
struct Summary {
  std::uint64_t messages = 0;
  std::uint64_t invocations = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t redeliveries = 0;  ///< deliveries of what was delivered before
  std::uint64_t processed = 0;     ///< messages whose handler returned normally, once or more often
  std::uint64_t dead_lettered = 0;
  std::uint64_t never_tried = 0;  ///< of those, the ones that no handler ever saw: lawful, and sad
  std::uint64_t expired = 0;      ///< and not processed before
  std::uint64_t lost = 0;         ///< gone from the source, and no handler ever returned for them
  std::uint64_t handler_calls = 0;
  std::uint64_t wasted_calls = 0;  ///< handler calls for what had been handled well before
  std::chrono::milliseconds time_to_rest{0};
};

Summary summary_of(const FinishedWorld& finished);

}  // namespace batchproof::simulator
