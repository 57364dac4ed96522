#pragma once

// The tumbling windows of a shard (AWS Lambda developer guide, "Using Lambda to process records from Amazon
// Kinesis Data Streams").

#include <chrono>
#include <cstddef>
#include <optional>

#include "shard_part.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// The beginning of the window in which the record at this place arrives.
std::chrono::milliseconds start_of_window(const Simulation& simulation, const ShardPart& part,
                                          std::size_t place);

/// True when all records of the current window were read.
bool is_window_read(const Simulation& simulation, const ShardPart& part);

/// Begins the window of the next record that is read.
void begin_window(Simulation& simulation, ShardPart& part);

/// Puts the window and its state into the event of the next invocation, which may be its last one.
void show_window(const Simulation& simulation, ShardPart& part);

/// Invokes the function without records when the window is over, until an invocation succeeds. Returns when
/// the shard needs attention again; nothing when the window was abandoned.
std::optional<std::chrono::milliseconds> end_window(Simulation& simulation, ShardPart& part);

/// Handles the answer to an invocation that `end_window` made.
void settle_end_of_window(Simulation& simulation, ShardPart& part);

/// Notes the final state, and ends the window.
void finish_window(Simulation& simulation, ShardPart& part);

}  // namespace batchproof::simulator
