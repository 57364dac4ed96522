#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Registers the costs of a function besides time in its handler: resident memory of 10,000 records, as a
/// multiple of the payload, when the payload stays the caller's and when it is handed over; allocations that
/// a record costs; what the library, linked statically and stripped, adds to a program; the size of a
/// function with idempotency and dead letters; and how long that function and `batchproof process` take from
/// start to exit. The counter is "footprint", with its "limit"; the label is its unit.
void register_footprint(const Effort& effort);

}  // namespace batchproof::bench
