#pragma once

#include <batchproof/properties/kill_matrix.hpp>
#include <batchproof/simulator/life_matrix.hpp>
#include <string>
#include <vector>

namespace batchproof::tools {

/// What one run of `batchproof zoo` found.
struct ZooRun {
  properties::KillMatrix matrix{};
  std::vector<simulator::LifeTrials>
      lives{};  ///< of processors across retries, by the laws of whole lives; may be empty
  std::vector<std::string> flaws{};  ///< of both
  double seconds = 0;
};

/// For people: a table of faults and laws, for processors, for handlers and for whole lives, what is wrong
/// with it, and a verdict.
std::string text_of(const ZooRun& run, bool colour);

/// For machines: the same facts and each trial, as one JSON object.
std::string json_of(const ZooRun& run);

}  // namespace batchproof::tools
