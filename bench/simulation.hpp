#pragma once

#include "effort.hpp"

namespace batchproof::bench {

/// Worlds that run around this library's processors, real JSON both ways.
void register_simulation(const Effort& effort);

}  // namespace batchproof::bench
