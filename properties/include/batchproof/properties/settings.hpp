#pragma once

// How many cases, how long, and from which seed.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace batchproof::properties {

struct Settings {
  int cases = 0;
  std::uint64_t seed = 0;
  std::chrono::milliseconds small_cases_budget{0};
  std::size_t small_records = 6;  ///< of the largest small case
};

/// Fills in the fields that are not set from BATCHPROOF_CASES, BATCHPROOF_SEED,
/// BATCHPROOF_SMALL_CASES_MILLISECONDS and BATCHPROOF_PROFILE, as `VerifyProcessorOptions` says. Throws
/// `std::invalid_argument` for a negative number of cases or budget, and for variables that are not such
/// numbers.
Settings resolve_settings(std::optional<int> cases, std::optional<std::uint64_t> seed,
                          std::optional<std::chrono::milliseconds> small_cases_budget);

/// 5 s when it is not set. Throws `std::invalid_argument` for one that is not above zero.
std::chrono::milliseconds resolve_time_limit(std::optional<std::chrono::milliseconds> time_limit);

}  // namespace batchproof::properties
