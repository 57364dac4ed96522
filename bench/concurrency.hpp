#pragma once

namespace batchproof::bench {

/// Registers the benchmarks of concurrency: handlers that wait 5 ms, on threads and as coroutines, beside a
/// bare pool of the same library and beside the shortest time possible; `max_concurrency = 1` beside a
/// processor without it; and coroutines that do not wait. Counters: "ratio" or "microseconds", and "limit".
void register_concurrency();

}  // namespace batchproof::bench
