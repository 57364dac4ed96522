#pragma once

#include <batchproof/properties/report.hpp>
#include <functional>
#include <span>

namespace batchproof::properties {

/// Called after each random case with the results of the laws so far and the number of cases requested; for
/// tools that draw progress. An exception that it throws ends the run.
using Progress = std::function<void(std::span<const LawResult> laws, int cases_wanted)>;

}  // namespace batchproof::properties
