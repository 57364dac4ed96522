#pragma once

#include <vector>

#include "paired_timing.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios, from the bytes of the event to the bytes of the response: each source, with
/// 10 to 10,000 records, of which none fails or one in twenty, and SQS messages of which each body is read.
/// They have limits and all baselines.
void add_end_to_end(std::vector<PairedTiming>& rows);

}  // namespace batchproof::bench
