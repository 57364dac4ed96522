#pragma once

#include <batchproof/simulator.hpp>
#include <string>
#include <vector>

#include "simulate_options.hpp"

namespace batchproof::tools {

/// What a reader must know of a run, as sentences. A function runs again for some of them.
std::vector<std::string> notes_on(const SimulateOptions& options, const simulator::World& world,
                                  const simulator::SimulationReport& report);

}  // namespace batchproof::tools
