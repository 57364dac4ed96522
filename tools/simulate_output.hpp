#pragma once

#include <batchproof/simulator/simulation_report.hpp>
#include <string>
#include <vector>

namespace batchproof::tools {

/// A world that was run, and what it is called beside others.
struct SimulatedRun {
  std::string name{};  ///< empty where it is the only one
  simulator::SimulationReport report;
};

/// A table of figures, and what the first one shows. There is one run at least.
std::string text_of(const std::vector<SimulatedRun>& runs, bool colour);

/// One JSON object.
std::string json_of(const std::vector<SimulatedRun>& runs);

}  // namespace batchproof::tools
