#pragma once

#include <vector>

#include "effort.hpp"
#include "paired_timing.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: bodies of 100 B, 1 KB and 256 KB, events of up to 64 MB, with handlers that
/// read the body and handlers that do not.
void add_payload_sizes(std::vector<PairedTiming>& rows, const Effort& effort);

}  // namespace batchproof::bench
