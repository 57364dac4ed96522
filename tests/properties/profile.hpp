#pragma once

// The number of cases in the tests: BATCHPROOF_PROFILE=thorough runs many more.

#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace batchproof::properties {

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
/// A sanitizer checks the code that runs, not its results, and takes ten times as long.
inline constexpr bool under_sanitizer = __has_feature(address_sanitizer);

inline bool is_thorough() {
  const char* const profile = std::getenv("BATCHPROOF_PROFILE");
  return profile != nullptr && std::string_view(profile) == "thorough";
}

inline constexpr std::size_t few_seeds = under_sanitizer ? 1 : 5;

}  // namespace batchproof::properties
