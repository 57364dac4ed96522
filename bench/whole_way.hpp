#pragma once

namespace batchproof::bench {

/// Registers one benchmark for each source, number of records and share of failures. Its counters:
/// "walk_ratio" (ours over the bare walk, smaller is better) with its "limit", and "nlohmann_ratio" (the
/// nlohmann loop over ours, larger is better); both are medians of pairs that were timed in turn.
void register_whole_way();

}  // namespace batchproof::bench
