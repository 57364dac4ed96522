#pragma once

namespace batchproof::bench {

/// Keeps the compiler from removing the work that makes this value, as Google Benchmark's `DoNotOptimize`
/// does, for programs without that library.
template <class Value>
void keep(const Value& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

}  // namespace batchproof::bench
