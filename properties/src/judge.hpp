#pragma once

// Runs cases through what is under test, and judges each by the laws.

#include <batchproof/properties/law.hpp>
#include <batchproof/properties/progress.hpp>
#include <batchproof/properties/regressions.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/shrink.hpp>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arrangement.hpp"

namespace batchproof::properties {

struct Trial {
  std::span<const Law> laws;
  std::vector<std::string_view> not_applicable{};  ///< ids of laws that are only named
  std::vector<Arrangement> arrangements;
  Simplify simplify = Simplify::everything;
  int cases = 0;  ///< random ones; where it is 0 nothing but saved cases are judged
  std::chrono::milliseconds small_cases_budget{0};
  std::vector<SavedCase> saved_cases{};
  std::string regressions{};  ///< the folder that a counterexample is saved in; none when empty
  std::uint64_t seed = 0;
  Progress progress{};
  std::string replay_command;
};

/// Judges every law in every arrangement: on saved cases, in processes of their own, on all small batches as
/// far as the budget goes, on random cases. Stops at the first broken law, makes its case small, runs that
/// again three times, to tell a fault from chance, and saves it. A law that must break, the canary, shows in
/// each run that a breach would have been seen.
Report judge(const Trial& trial);

}  // namespace batchproof::properties
