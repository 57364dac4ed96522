#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Registers simulated worlds that call this library's processors with real JSON both ways.
void register_simulation(const Effort& effort);

}  // namespace batchproof::bench
