#pragma once

#include <vector>

#include "ratio_case.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios, from the bytes of the event to the bytes of the response: each source, with
/// 10 to 10,000 records, of which none fails or one in twenty, and SQS messages of which each body is read.
/// They have limits and all yardsticks.
void add_whole_way(std::vector<RatioCase>& rows);

}  // namespace batchproof::bench
