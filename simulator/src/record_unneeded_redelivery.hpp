#pragma once

#include <cstddef>

#include "invocation.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// Record messages that are delivered again without need: nothing disturbed the invocation, and the handler
/// returned normally, or was not called while no failure forbade it. A queue delivers again what the response
/// lists. A stream delivers again all records from the checkpoint on; those after a failure need it.
void record_unneeded_redelivery_on_queue(Simulation& simulation, const Invocation& invocation);
void record_unneeded_redelivery_on_stream(Simulation& simulation, const Invocation& invocation,
                                          std::size_t checkpoint);

}  // namespace batchproof::simulator
