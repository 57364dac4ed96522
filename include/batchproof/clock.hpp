#pragma once

#include <chrono>
#include <functional>

namespace batchproof {

/// The time, for code that must not wait for it: tests give a clock of their own. Empty: the system's
/// clock. Processors may call it from several threads.
using Clock = std::function<std::chrono::system_clock::time_point()>;

/// The time by this clock.
inline std::chrono::system_clock::time_point now(const Clock& clock) {
  return clock ? clock() : std::chrono::system_clock::now();
}

}  // namespace batchproof
