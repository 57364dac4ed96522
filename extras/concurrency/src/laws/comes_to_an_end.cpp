#include <batchproof/concurrency/laws.hpp>
#include <vector>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_the_end(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                             std::size_t, const ConcurrentObservation& observation) {
  std::vector<Violation> violations;
  if (observation.is_stuck) violations.emplace_back("the processor waits, and no handler runs");
  std::vector<bool> running(observation.run.calls.size());
  for (const HandlerStep& step : observation.steps) running[step.call] = !step.ends;
  for (std::size_t call = 0; call < running.size(); ++call) {
    if (!running[call] || observation.is_stuck) continue;
    violations.push_back("\"" + observation.run.calls[call].item_identifier +
                         "\" was still being handled when the answer came");
  }
  return violations;
}

}  // namespace

constinit const ConcurrencyLaw comes_to_an_end{
    .id = "comes-to-an-end",
    .sentence = "The answer comes, and not before every handler has ended.",
    .aws_page = "Lambda execution environment lifecycle",
    .violations = violations_of_the_end,
};

}  // namespace batchproof::properties
