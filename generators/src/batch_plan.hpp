#pragma once

#include <batchproof/generators/batch_case.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "draws.hpp"

namespace batchproof::generators {

inline constexpr std::size_t most_groups = 4;

/// What matters to a law about one record, before there is any text.
struct RecordPlan {
  std::optional<std::size_t>
      group{};                    ///< its message group or partition key, as a number below `most_groups`
  bool rejected = false;          ///< the handler must fail on it
  std::string sequence_number{};  ///< ascending as numbers within a batch, 1 to 60 digits
};

/// As many records as the options allow, in groups for the most part, with a failure pattern.
std::vector<RecordPlan> draw_batch_plan(Draws& draws, const BatchOptions& options);

}  // namespace batchproof::generators
