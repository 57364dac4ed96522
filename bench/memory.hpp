#pragma once

#include "payloads.hpp"

namespace batchproof::bench {

/// Peak resident memory of one call, with the payload, as a multiple of the payload's size. The caller
/// keeps the payload, or hands it over to the event.
/// Measured in a child process, so that no earlier call has left memory to use again.
double resident_ratio(Source source, std::size_t records, bool handed_over);

/// Heap allocations that one more succeeding record costs.
double allocations_per_record(Source source);

}  // namespace batchproof::bench
