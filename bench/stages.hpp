#pragma once

#include <vector>

#include "paired_timing.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: decode, process and encode, each alone, of every source, in multiples of the
/// bare walk of the whole event. One record in twenty fails.
void add_stages(std::vector<PairedTiming>& rows);

}  // namespace batchproof::bench
