#pragma once

#include <chrono>
#include <cstdint>

namespace batchproof::inline v0_1 {

/// The time since 1970.
inline std::int64_t milliseconds_of(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace batchproof::inline v0_1
