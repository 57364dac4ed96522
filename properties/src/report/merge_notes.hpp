#pragma once

#include <batchproof/properties/report.hpp>
#include <string>
#include <vector>

namespace batchproof::properties {

/// The notes of all shards of a run, each once. A note that says what never was in the run (see
/// `claims_on_run.hpp`) is one of the whole only if each shard that judged a case has it. Shards whose logs
/// show nothing for different reasons have the note of the weakest claim, which is true of all.
std::vector<std::string> merge_notes(const std::vector<const Report*>& shards);

}  // namespace batchproof::properties
