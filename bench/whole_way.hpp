#pragma once

namespace batchproof::bench {

enum class Yardstick { bare_walk, nlohmann };

/// Registers `<source>/<yardstick>/<failing>/<records>`, each with the counter "ratio": ours over the bare walk (smaller is
/// better), or the nlohmann loop over ours (larger is better).
void register_whole_way();

}  // namespace batchproof::bench
