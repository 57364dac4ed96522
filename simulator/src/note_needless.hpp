#pragma once

#include <cstddef>

#include "invocation.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// Notes the messages that come again without need: nothing disturbed the invocation, and the handler
/// returned normally for them, or was never called though no failure forbade it. On a queue those come again
/// that the response lists; on a stream those from the place of the checkpoint on, and behind a failure that
/// is as it must be.
void note_needless_on_queue(Simulation& simulation, const Invocation& invocation);
void note_needless_on_stream(Simulation& simulation, const Invocation& invocation, std::size_t checkpoint);

}  // namespace batchproof::simulator
