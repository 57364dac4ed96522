#pragma once

#include <batchproof/generators/batch_case.hpp>
#include <vector>

#include "batch_plan.hpp"
#include "draws.hpp"

namespace batchproof::generators {

/// Decides which records the handler must fail on: by the pattern or the rate of the options, or else by a
/// random pattern, each with the same probability.
void draw_failure_pattern(Draws& draws, const BatchOptions& options, std::vector<RecordPlan>& records);

}  // namespace batchproof::generators
