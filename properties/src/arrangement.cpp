#include "arrangement.hpp"

#include "child_process.hpp"
#include "further_batches.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

/// The records to leave out, one at a time: all of a small batch, the one in the middle of a larger one.
std::vector<std::size_t> left_out_records(const BatchCase& batch_case) {
  constexpr std::size_t small_batch = 2;
  const std::size_t size = batch_case.records.size();
  if (size > small_batch) return {size / 2};
  std::vector<std::size_t> all;
  for (std::size_t index = 0; index < size; ++index) all.push_back(index);
  return all;
}

Observation observe_in_child(const Arrangement& arrangement, const BatchCase& batch_case,
                             const std::string& payload) {
  Observation observation;
  observation.payload = payload;
  const auto end =
      run_in_child_process(1, [&](std::size_t) { observe_anew(arrangement, batch_case, payload); });
  if (end) observation.process_end = end->how;
  return observation;
}

}  // namespace

Observation observe_anew(const Arrangement& arrangement, const BatchCase& batch_case,
                         const std::string& payload, Watch watch) {
  if (arrangement.before_each) arrangement.before_each();
  Observation observation = arrangement.observe(batch_case, payload, watch);
  if (arrangement.complaints) observation.complaints = arrangement.complaints(observation);
  return observation;
}

std::vector<Observation> further_runs(const Arrangement& arrangement, LawInput input,
                                      const BatchCase& batch_case, const std::string& payload) {
  std::vector<Observation> runs;
  if (input == LawInput::batch_again) {
    const BatchCase other = other_failure(batch_case);
    runs.push_back(arrangement.observe(other, other.payload(), Watch::all_but_fields));
    runs.push_back(arrangement.observe(batch_case, payload, Watch::all_but_fields));
  } else if (input == LawInput::batch_in_part) {
    for (const std::size_t left_out : left_out_records(batch_case)) {
      const BatchCase part = without_record(batch_case, left_out);
      runs.push_back(observe_anew(arrangement, part, part.payload(), Watch::all_but_fields));
      runs.back().left_out = left_out;
    }
  }
  return runs;
}

Observation observe_for(const Arrangement& arrangement, LawInput input, const BatchCase& batch_case,
                        const std::string& payload) {
  if (input == LawInput::process_of_its_own) return observe_in_child(arrangement, batch_case, payload);
  if (input == LawInput::batch_before_deadline)
    return observe_anew(arrangement, batch_case, payload, Watch::deadline);
  Observation observation = observe_anew(arrangement, batch_case, payload);
  observation.further_runs = further_runs(arrangement, input, batch_case, payload);
  return observation;
}

}  // namespace batchproof::properties
