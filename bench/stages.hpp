#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios: decode, process and encode, each alone, of every source, in multiples of the
/// bare walk of the whole event. One record in twenty fails.
void register_stages(const Effort& effort);

}  // namespace batchproof::bench
