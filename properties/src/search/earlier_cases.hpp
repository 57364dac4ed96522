#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "finding.hpp"
#include "stages.hpp"

namespace batchproof::properties {

/// How far a search is: in a stage, at a number of it, a subject, and the index of the case among those of
/// this number.
struct Position {
  std::size_t stage = 0;
  std::size_t number = 0;
  std::size_t subject = 0;
  std::size_t index = 0;
  std::vector<std::size_t> numbers_run{};  ///< of each stage
};

/// The cases before the current one, at most this many, in the order in which they ran. Stages in a child
/// process have left no state behind.
std::vector<EarlierCase> last_cases_before(const Position& current, std::span<const Stage> stages,
                                           const VerificationPlan& plan, std::size_t most);

}  // namespace batchproof::properties
