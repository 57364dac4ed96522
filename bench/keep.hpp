#pragma once

namespace batchproof::bench {

/// The compiler must have the value at hand, and so cannot leave out the work that makes it. What Google
/// Benchmark calls `DoNotOptimize`, for programs that do without that library.
template <class Value>
void keep(const Value& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

}  // namespace batchproof::bench
