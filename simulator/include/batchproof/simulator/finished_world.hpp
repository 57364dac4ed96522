#pragma once

// The outcome of a world, message by message and in figures:
//
//     const FinishedWorld finished = run_world(subject, world);
//     EXPECT_EQ(summary_of(finished).lost, 0U);
//     EXPECT_EQ(finished.messages[0].disposition, Disposition::done);

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

/// The end of a message.
enum class Disposition {
  on_source,      ///< still there when the simulation was stopped
  done,           ///< deleted from the queue, or passed by an accepted checkpoint
  dead_lettered,  ///< in the dead-letter queue, or reported to the on-failure destination of a stream
  expired         ///< older than the retention of its source
};

/// A name such as "dead_lettered".
std::string_view name(Disposition disposition) noexcept;

/// The change of an item that a record of a DynamoDB stream names: the first of a key inserts it, as does the
/// first after a removal.
enum class Change { insert, modify, remove };

/// The number of failures of a message that is poison.
inline constexpr std::size_t always = std::numeric_limits<std::size_t>::max();

/// The history of one message or record.
struct Message {
  std::string identifier{};        ///< messageId, the sequence number of a stream, or its event id in a pipe
  std::string sequence_number{};   ///< of a stream that a pipe reads
  std::size_t group = 0;           ///< message group of a FIFO queue, partition key of a stream
  std::size_t shard_part = 0;      ///< streams: its number among all parts of all shards, each in order
  Change change = Change::insert;  ///< DynamoDB Streams

  /// How often its handler fails before it succeeds or the faults end; `always` for poison.
  std::size_t failures = 0;

  std::chrono::milliseconds sent_at{0};
  std::optional<std::chrono::milliseconds> sent_again_at{};  ///< FIFO queues, which accept it once

  std::chrono::milliseconds first_received_at{0};  ///< of a message that was delivered

  Disposition disposition = Disposition::on_source;
  std::chrono::milliseconds ended_at{0};
  std::uint32_t deliveries = 0;
  std::uint32_t tries = 0;  ///< handler calls, including those that the end of the invocation cut off
  std::uint32_t failed_tries = 0;
  std::uint32_t successes = 0;      ///< handler calls that returned normally
  std::uint64_t first_success = 0;  ///< its number among all successes of the simulation, from 1
  std::uint64_t last_success = 0;

  /// Streams: the number of successes of the simulation when it was last passed over, since it had been
  /// handled before.
  std::uint64_t passed_over = 0;

  // For streams only:
  std::size_t first_batch = 0;  ///< the number of the batch that it was first read with
  std::uint32_t splits = 0;     ///< how often a failure split its batch, in halves or at a checkpoint
  std::uint32_t halvings = 0;   ///< how often a whole batch came again in halves
  std::uint32_t checkpoints =
      0;  ///< how often a checkpoint moved up to it or to a record before it in its batch
  bool was_disturbed = false;  ///< one of its invocations ended early, or the response was lost

  bool is_poison() const noexcept { return failures == always; }
};

/// So many incidents of a kind are kept, the first ones.
inline constexpr std::size_t most_incidents = 100;

/// A message, and the invocation in which something was done to it.
struct Incident {
  std::size_t message;
  std::uint64_t invocation;
  std::string failed_because{};  ///< why the invocation counted as failed as a whole; empty when it did not

  /// The message was in an instance that ended, and its handler was never called again.
  bool stays_claimed = false;
};

/// A message that left the source unreported, while one before it in the batch had failed and comes again.
struct Overtaking {
  std::size_t message;
  std::size_t failed;
  std::uint64_t invocation;
};

/// A tumbling window of a shard, whose last invocation was answered.
struct FinishedWindow {
  std::size_t shard = 0;
  std::chrono::milliseconds start{0};  ///< since the world began
  std::string state{};                 ///< the JSON object that was answered
};

/// A world whose simulation has ended.
struct FinishedWorld {
  World world{};
  std::vector<Message> messages{};  ///< in the order in which they were sent
  std::uint64_t invocations = 0;
  bool at_rest = false;  ///< no message was left on the source
  std::chrono::milliseconds ended_at{0};

  /// Messages that were delivered again although nothing disturbed the invocation, and although their handler
  /// returned normally, or was not called while no failure forbade it. Where calls are assumed, no poison
  /// that is reported. The first `most_incidents`.
  std::vector<Incident> unneeded_redeliveries{};

  /// Records that an accepted checkpoint passed although no handler had returned normally for them. The
  /// first `most_incidents`.
  std::vector<Incident> skipped{};

  /// FIFO queues, and streams in a pipe whose processor stops at a failure: messages that left the source
  /// before one of their group or key that never succeeded until then. Where calls are assumed, also before
  /// one of another group, unless the claims allow it. The first `most_incidents`.
  std::vector<Overtaking> overtakings{};

  std::vector<FinishedWindow> windows{};  ///< sources with windows, in the order in which they ended
};

/// The figures of a simulation.
struct Summary {
  std::uint64_t messages = 0;
  std::uint64_t invocations = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t redeliveries = 0;  ///< deliveries of messages that had been delivered before
  std::uint64_t processed = 0;  ///< messages whose handler returned normally; where calls are assumed, which
                                ///< also left the source by an answer
  std::uint64_t dead_lettered = 0;
  std::uint64_t never_tried = 0;  ///< dead-lettered messages that no handler was called for
  std::uint64_t expired = 0;      ///< messages that expired and had not been processed
  std::uint64_t lost = 0;         ///< messages that left the source and had not been processed
  std::uint64_t handler_calls = 0;
  std::uint64_t wasted_calls = 0;  ///< handler calls that succeeded for a message processed before
  std::chrono::milliseconds time_to_rest{0};
};

Summary summary_of(const FinishedWorld& finished);

}  // namespace batchproof::simulator
