#pragma once

namespace batchproof::bench {

/// Registers what concurrency gives and costs: handlers that wait 5 ms, on threads and as coroutines, beside
/// a bare pool of the same library and beside the shortest time possible; a concurrency of 1 beside no word
/// of it; and coroutines that do not wait. Counters: "ratio" or "microseconds", and its "limit".
void register_concurrency();

}  // namespace batchproof::bench
