#pragma once

#include <cstdint>

namespace batchproof::tools {

/// Runs random worlds of every source, around this library's processors in their modes, until so many
/// messages were delivered, and prints the result. The seed is the first world's; each world has the next.
/// Returns the exit status: 0 when every law held, 1 when one was violated, which is printed.
int soak(std::uint64_t deliveries, std::uint64_t seed);

}  // namespace batchproof::tools
