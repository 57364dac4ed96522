#pragma once

// The number of cases, the time limits and the seed of a verification.

#include <batchproof/fixtures/shard.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace batchproof::properties {

/// The other processes that a verification may use: a child process for the law `survives`, and a fresh one
/// that judges a counterexample again.
enum class Processes {
  none,
  forked,  ///< copies of this process alone
  any      ///< also this program executed again, if it can be narrowed to the running test
};

/// True in a program that was executed again to confirm a counterexample. It judges no case of its own. Safe
/// to call from any thread.
bool is_executed_again() noexcept;

struct Settings {
  int cases = 0;
  std::uint64_t seed = 0;
  std::chrono::milliseconds small_cases_budget{0};
  std::size_t small_records = 6;  ///< of the largest small case
  fixtures::Shard shard{};        ///< the part of all cases that is judged here
};

/// Fills in the fields that are not set from BATCHPROOF_CASES, BATCHPROOF_SEED,
/// BATCHPROOF_SMALL_CASES_MILLISECONDS, BATCHPROOF_PROFILE and BATCHPROOF_SHARD, as `VerifyProcessorOptions`
/// says. Throws `std::invalid_argument` for a negative number of cases or budget, and for variables that are
/// not valid numbers or shards.
Settings resolve_settings(std::optional<int> cases, std::optional<std::uint64_t> seed,
                          std::optional<std::chrono::milliseconds> small_cases_budget,
                          std::optional<fixtures::Shard> shard = {});

/// The time limit, or 5 s when it is not set. Throws `std::invalid_argument` unless it is above zero.
std::chrono::milliseconds resolve_time_limit(std::optional<std::chrono::milliseconds> time_limit);

}  // namespace batchproof::properties
