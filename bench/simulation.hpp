#pragma once

namespace batchproof::bench {

/// Worlds that run around this library's processors, real JSON both ways.
void register_simulation();

}  // namespace batchproof::bench
