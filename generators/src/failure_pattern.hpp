#pragma once

#include <vector>

#include "batch_plan.hpp"
#include "draws.hpp"

namespace batchproof::generators {

/// Decides which records the handler must fail on: none, all, the first, the last, one, several scattered, a
/// run, a whole group, alternating; each as often as the others.
void draw_failure_pattern(Draws& draws, std::vector<RecordPlan>& records);

}  // namespace batchproof::generators
