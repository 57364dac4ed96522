#pragma once

#include <chrono>

namespace batchproof::inline v0_1::detail {

/// The time from `now` until the deadline, in whole milliseconds, rounded down: below 0 when it has passed. A
/// difference too large for the clock's type becomes the largest one of that type.
inline std::chrono::milliseconds time_left(std::chrono::system_clock::time_point deadline,
                                           std::chrono::system_clock::time_point now) noexcept {
  using Duration = std::chrono::system_clock::duration;
  Duration::rep left = 0;
  const bool overflows =
      __builtin_sub_overflow(deadline.time_since_epoch().count(), now.time_since_epoch().count(), &left);
  if (overflows) left = (deadline < now ? Duration::min() : Duration::max()).count();
  return std::chrono::floor<std::chrono::milliseconds>(Duration(left));
}

}  // namespace batchproof::inline v0_1::detail
