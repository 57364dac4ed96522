#pragma once

// Runs random cases through what is under test, and judges each by the laws.

#include <batchproof/fixtures/broken_processors.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/progress.hpp>
#include <batchproof/properties/report.hpp>
#include <batchproof/properties/shrink.hpp>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "random_cases.hpp"

namespace batchproof::properties {

/// One way to run what is under test: a processor as it is, or a handler inside one processor mode.
struct Arrangement {
  std::string name;
  fixtures::Source source;
  fixtures::ProcessorClaims claims;
  std::function<Observation(const fixtures::BatchCase& batch_case, std::string payload)> observe;
  DrawBatch draw_batch;
  DrawDamaged draw_damaged{};           ///< may be empty where no law asks for damaged payloads
  std::function<void()> before_each{};  ///< called before each case, and not between the runs of one
};

struct Trial {
  std::span<const Law> laws;
  std::vector<std::string_view> not_applicable{};  ///< ids of laws that are only named
  std::vector<Arrangement> arrangements;
  Simplify simplify = Simplify::everything;
  int cases = 0;
  std::uint64_t seed = 0;
  Progress progress{};
  std::string replay_command;
};

/// Judges every law on every case, in every arrangement. Stops at the first broken law, makes its case small,
/// and runs that again three times, to tell a fault from chance.
Report judge(const Trial& trial);

}  // namespace batchproof::properties
