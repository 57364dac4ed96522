#pragma once

#include <cstdlib>
#include <optional>

namespace batchproof {

/// Runs of right processors take nearly all of the time of these tests. The planted races are found within
/// far fewer, and `batchproof verify` runs 1,000. Nothing where the environment sets the number.
inline std::optional<int> few_schedules() {
  const bool is_set =
      std::getenv("BATCHPROOF_CASES") != nullptr || std::getenv("BATCHPROOF_PROFILE") != nullptr;
  return is_set ? std::nullopt : std::optional(100);
}

}  // namespace batchproof
