#pragma once

#include "invocation.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// Records the messages of an invocation that has ended which leave the source before one that failed there:
/// of a FIFO queue, or of a stream in a pipe whose processor stops at a failure.
void record_overtakings(Simulation& simulation, const Invocation& invocation);

}  // namespace batchproof::simulator
