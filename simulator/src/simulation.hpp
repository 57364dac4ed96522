#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <batchproof/simulator/world.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "function_instance.hpp"
#include "record_writer.hpp"
#include "trace_line.hpp"

namespace batchproof::simulator {

/// An instance ended within an invocation that had the message. A claim of it, such as "in progress" with a
/// time limit, may remain in a table, and a function may refuse the message meanwhile.
struct LeftClaim {
  std::chrono::milliseconds since;    ///< when the instance ended
  std::optional<Incident> refusal{};  ///< the first one that is justified only if a handler is called later
};

/// The state of a running world that its source and its invocations share.
struct Simulation {
  Simulation(const FunctionUnderTest& function, const World& wanted, const TraceSink& lines,
             const DeliverySink& ended);

  World world;
  const TraceSink& trace;
  const DeliverySink& deliveries;
  Random random;
  RecordWriter writer;
  FunctionInstance instance;
  FinishedWorld finished;
  std::chrono::milliseconds now{0};
  std::uint64_t successes = 0;
  std::map<std::size_t, LeftClaim> left_claims{};  ///< by message, until its handler is called again

  bool is_traced() const noexcept { return static_cast<bool>(trace); }
  bool is_healed() const noexcept { return now >= world.faults.heal_after; }
  bool is_over() const noexcept { return finished.invocations >= world.most_invocations; }

  /// True with this probability before the faults heal; false from then on.
  bool draws_fault(double rate) { return !is_healed() && random.chance(rate); }

  Message& message(std::size_t number) { return finished.messages[number]; }

  /// Ends the life of a message. `why` and, for a stream, `invoke_count` are the condition and the
  /// approximateInvokeCount that its destination receives.
  void end(std::size_t number, Disposition disposition, std::string_view why = {},
           std::optional<std::uint32_t> invoke_count = std::nullopt);

  /// Begins a line of the trace about one message.
  TraceLine trace_line(std::string_view what, std::size_t number) const;
};

/// The messages of a world in the order in which they are sent, with identifiers, groups and failures.
std::vector<Message> send_messages(const World& world, Random& random);

// These simulate a source of their kind until no message is left on it.

void run_standard_queue(Simulation& simulation);
void run_fifo_queue(Simulation& simulation);
void run_stream(Simulation& simulation);

}  // namespace batchproof::simulator
