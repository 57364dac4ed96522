#pragma once

// Counts allocations, for tests beside allocations.test.cpp, which defines `operator new`.

#include <cstddef>

namespace batchproof {

/// From now on the allocation of this number, counted from 1 in all threads together, fails, and no other.
void fail_allocation(std::size_t number) noexcept;

/// No allocation fails any more. Returns whether one has.
bool stop_failing() noexcept;

}  // namespace batchproof
