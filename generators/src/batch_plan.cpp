#include "batch_plan.hpp"

#include <algorithm>
#include <utility>

#include "failure_pattern.hpp"
#include "sequence_numbers.hpp"

namespace batchproof::generators {
namespace {

std::size_t draw_size(Draws& draws, std::size_t largest_batch) {
  const std::size_t small = std::min<std::size_t>(3, largest_batch);
  switch (draws.below(8)) {
    case 0:
      return std::min(draws.below(2), largest_batch);
    case 1:
    case 2:
      return draws.between(std::min<std::size_t>(1, small), small);
    case 3:
      return largest_batch;
    default:
      return draws.between(0, largest_batch);
  }
}

}  // namespace

std::vector<RecordPlan> draw_batch_plan(Draws& draws, const BatchOptions& options) {
  std::vector<RecordPlan> records(std::max(options.smallest_batch, draw_size(draws, options.largest_batch)));
  const std::size_t group_count = draws.between(1, most_groups);
  const bool all_in_groups = !draws.one_in(3);
  std::vector<std::string> sequence_numbers = draw_sequence_numbers(draws, records.size());
  for (std::size_t index = 0; index < records.size(); ++index) {
    const std::size_t group = draws.below(group_count);
    if (all_in_groups || !draws.one_in(4)) records[index].group = group;
    records[index].sequence_number = std::move(sequence_numbers[index]);
  }
  draw_failure_pattern(draws, records);
  return records;
}

}  // namespace batchproof::generators
