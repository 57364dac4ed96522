#pragma once

#include <vector>

#include "paired_timing.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: messages of a standard queue of which 0, 5, 50 or 100% fail, by an exception
/// or by an error that is returned; and a FIFO queue with 1, 10 and 10,000 groups, all failing.
void add_failures(std::vector<PairedTiming>& rows);

}  // namespace batchproof::bench
