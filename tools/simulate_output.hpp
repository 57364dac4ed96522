#pragma once

#include <batchproof/simulator/simulation_report.hpp>
#include <string>
#include <vector>

#include "terminal.hpp"

namespace batchproof::tools {

/// A finished world, and its name in a comparison.
struct SimulatedRun {
  std::string name{};  ///< empty if it is the only one
  simulator::SimulationReport report;
};

/// A table of figures, and the result of the first run. There is at least one run.
std::string text_of(const std::vector<SimulatedRun>& runs, bool colour, Reader reader = Reader::file);

/// One JSON object. `notes`: sentences about the first run.
std::string json_of(const std::vector<SimulatedRun>& runs, const std::vector<std::string>& notes);

}  // namespace batchproof::tools
