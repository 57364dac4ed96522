#include "failure_pattern.hpp"

namespace batchproof::generators {

void draw_failure_pattern(Draws& draws, std::vector<RecordPlan>& records) {
  if (records.empty()) return;
  enum Pattern { none, all, first, last, one, scattered, run, group, alternating, pattern_count };
  const std::size_t size = records.size();
  const std::size_t pattern = draws.below(pattern_count);
  const std::size_t chosen = draws.below(size);
  const std::size_t run_end = chosen + draws.between(1, size - chosen);
  for (std::size_t index = 0; index < size; ++index) {
    const auto rejected = [&] {
      switch (pattern) {
        case none:
          return false;
        case all:
          return true;
        case first:
          return index == 0;
        case last:
          return index == size - 1;
        case one:
          return index == chosen;
        case scattered:
          return draws.one_in(3);
        case run:
          return chosen <= index && index < run_end;
        case group:
          return records[index].group == records[chosen].group;
        default:
          return index % 2 == chosen % 2;
      }
    };
    records[index].rejected = rejected();
  }
}

}  // namespace batchproof::generators
