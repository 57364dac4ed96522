#pragma once

#include <batchproof/zoo/batch_faults.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace batchproof::tools {

/// The result of one run of `batchproof zoo`.
struct ZooRun {
  zoo::MutationMatrix matrix{};
  zoo::MutationMatrix end_to_end{};  ///< processors by the end-to-end laws; may be empty
  std::vector<std::string> gaps{};   ///< of both matrices
  double seconds = 0;
};

/// For people: a table of faults and laws, for processors, for handlers and end to end, the gaps,
/// and a verdict.
std::string text_of(const ZooRun& run, bool colour);

/// For people: the size of the first small batch that shows each fault, and the faults that random batches do
/// not show.
std::string text_of(const std::vector<zoo::SmallCaseTrials>& trials);

/// For machines: the same facts and each trial, as one JSON object.
std::string json_of(const ZooRun& run);

/// The gaps of the run.
std::vector<std::string> gaps_of(const ZooRun& run);

/// Reads the output of `json_of`, without the gaps. Throws nlohmann's exceptions for other JSON, and
/// `std::runtime_error` for a fault that this version does not know.
ZooRun zoo_run_in(const nlohmann::ordered_json& json);

/// Merges the runs of all shards, in their order, with the gaps of the whole. Throws `std::runtime_error`
/// when the numbers of cases or the seeds differ, or when a fault is missing or comes twice.
ZooRun merged_runs(const std::vector<ZooRun>& shards);

}  // namespace batchproof::tools
