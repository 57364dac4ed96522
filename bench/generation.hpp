#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Registers a benchmark for each source: a batch of 10,000 records drawn, and written as an event. Its
/// counter is `median_milliseconds`, and `limit` its upper limit.
void register_generation(const Effort& effort);

}  // namespace batchproof::bench
