#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <batchproof/simulator/world.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "record_writer.hpp"
#include "trace_line.hpp"

namespace batchproof::simulator {

/// A world while it runs: what its source and its invocations share.
struct Simulation {
  Simulation(const fixtures::Subject& function, const World& wanted, const TraceSink& lines,
             const DeliverySink& settled);

  const fixtures::Subject& subject;
  const World& world;
  const TraceSink& trace;
  const DeliverySink& deliveries;
  Random random;
  RecordWriter writer;
  FinishedWorld finished;
  std::chrono::milliseconds now{0};
  std::uint64_t successes = 0;

  bool is_traced() const noexcept { return static_cast<bool>(trace); }
  bool is_healed() const noexcept { return now >= world.faults.heal_after; }
  bool is_over() const noexcept { return finished.invocations >= world.most_invocations; }

  /// True with this probability before the faults heal.
  bool goes_wrong(double rate) { return !is_healed() && random.chance(rate); }

  Message& message(std::size_t number) { return finished.messages[number]; }

  /// The end of a message's life. `invoke_count`, of a stream, is what the on-failure destination is told as
  /// approximateInvokeCount.
  void end(std::size_t number, Fate fate, std::string_view why = {},
           std::optional<std::uint32_t> invoke_count = std::nullopt);

  /// A line about one message.
  TraceLine tell(std::string_view what, std::size_t number) const;
};

/// Notes an incident where there are not too many yet.
void note(std::vector<Incident>& incidents, std::size_t message, std::uint64_t invocation);

// Each lets all messages live their lives on a source of its kind.

void run_standard_queue(Simulation& simulation);
void run_fifo_queue(Simulation& simulation);
void run_stream(Simulation& simulation);

}  // namespace batchproof::simulator
