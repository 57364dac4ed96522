#include "compared_run.hpp"

#include <algorithm>
#include <utility>

#include "answer_text.hpp"
#include "expected_answer.hpp"
#include "further_batches.hpp"

namespace batchproof::properties {
namespace {

bool breaks_alone(const Breach& breach, const Observation& further_run) {
  Observation observation = breach.observation;
  observation.further_runs = {further_run};
  return !breach.law->violations(breach.batch_case, breach.arrangement->claims, observation).empty();
}

ComparedRun compared_with(const Breach& breach, const Observation& further_run) {
  ComparedRun compared;
  compared.label = "again";
  compared.batch_case = breach.batch_case;
  if (further_run.left_out) {
    compared.batch_case = without_record(breach.batch_case, *further_run.left_out);
    compared.label = "without " + std::to_string(*further_run.left_out);
  }
  compared.expected = expected_answer(compared.batch_case, breach.arrangement->claims);
  compared.actual = answer_text(further_run);
  compared.observation = further_run;
  return compared;
}

}  // namespace

std::optional<ComparedRun> compared_run(const Breach& breach) {
  // The last run is of the same batch, while the one before may be of another pattern.
  std::vector<Observation> runs = breach.observation.further_runs;
  if (breach.law->input == LawInput::batch_again) std::reverse(runs.begin(), runs.end());
  const auto found = std::find_if(runs.begin(), runs.end(),
                                  [&](const Observation& run) { return breaks_alone(breach, run); });
  return found == runs.end() ? std::nullopt : std::optional(compared_with(breach, *found));
}

}  // namespace batchproof::properties
