#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Rows of the table of ratios, from the bytes of the event to the bytes of the response: each source, with
/// 10 to 10,000 records, of which none fails or one in twenty. These are the headlines, with limits and all
/// yardsticks.
void register_whole_way(const Effort& effort);

}  // namespace batchproof::bench
