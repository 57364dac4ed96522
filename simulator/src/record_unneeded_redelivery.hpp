#pragma once

#include <vector>

#include "invocation.hpp"
#include "simulation.hpp"

namespace batchproof::simulator {

/// Record messages whose redelivery is not needed: nothing disturbed the invocation, and the handler returned
/// normally, or was not called although no failure forbade it. A queue delivers again the messages that the
/// response lists, as does a pipe, also of a stream. Lambda delivers again all records of a stream from the
/// checkpoint on, which `comes_again` says of each place; those after a failure in their shard need it.
void record_unneeded_redelivery_of_listed(Simulation& simulation, const Invocation& invocation);
void record_unneeded_redelivery_on_stream(Simulation& simulation, const Invocation& invocation,
                                          const std::vector<bool>& comes_again);

/// Records messages that were refused because of an instance that ended with them, and never handled later.
/// To be called when the world has ended.
void record_claims_that_stay(Simulation& simulation);

}  // namespace batchproof::simulator
