#pragma once

#include <chrono>
#include <functional>

namespace batchproof::inline v0_1 {

/// Returns the current time. Tests pass a clock of their own, so that they need not wait. Empty: the system
/// clock. Processors may call it from several threads.
using Clock = std::function<std::chrono::system_clock::time_point()>;

/// The time by this clock, or by the system clock when it is empty.
inline std::chrono::system_clock::time_point now(const Clock& clock) {
  return clock ? clock() : std::chrono::system_clock::now();
}

}  // namespace batchproof::inline v0_1
