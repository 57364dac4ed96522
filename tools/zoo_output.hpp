#pragma once

#include <batchproof/properties/kill_matrix.hpp>
#include <batchproof/simulator/end_to_end_matrix.hpp>
#include <string>
#include <vector>

namespace batchproof::tools {

/// What one run of `batchproof zoo` found.
struct ZooRun {
  properties::KillMatrix matrix{};
  std::vector<simulator::EndToEndTrials>
      end_to_end{};                  ///< of processors across retries, by the end-to-end laws; may be empty
  std::vector<std::string> flaws{};  ///< of both
  double seconds = 0;
};

/// For people: a table of faults and laws, for processors, for handlers and end to end, what is wrong
/// with it, and a verdict.
std::string text_of(const ZooRun& run, bool colour);

/// For machines: the same facts and each trial, as one JSON object.
std::string json_of(const ZooRun& run);

}  // namespace batchproof::tools
