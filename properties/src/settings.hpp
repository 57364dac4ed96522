#pragma once

// How many cases, and from which seed.

#include <cstdint>
#include <optional>

namespace batchproof::properties {

struct Settings {
  int cases = 0;
  std::uint64_t seed = 0;
};

/// Fills in what is left out: BATCHPROOF_CASES, else 1,000; BATCHPROOF_SEED, else a seed drawn anew. Throws
/// `std::invalid_argument` for a negative number of cases and for variables that are no such numbers.
Settings resolve_settings(std::optional<int> cases, std::optional<std::uint64_t> seed);

}  // namespace batchproof::properties
