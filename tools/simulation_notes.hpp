#pragma once

#include <batchproof/simulator.hpp>
#include <string>
#include <vector>

#include "simulate_options.hpp"
#include "simulated_subject.hpp"

namespace batchproof::tools {

/// What a reader must know of a run, as sentences. A function runs again for some of them: fewer times when
/// the search for a smaller world was cut, or it crashed there. `simulated` is the subject of the run.
std::vector<std::string> notes_on(const SimulateOptions& options, const simulator::World& world,
                                  const SimulatedSubject& simulated,
                                  const simulator::SimulationReport& report);

}  // namespace batchproof::tools
