#include <batchproof/concurrency/laws.hpp>
#include <vector>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_the_end(const Evidence& evidence) {
  const Timeline& timeline = *evidence.run.timeline;
  if (timeline.is_stuck) return {"the processor waits, and no handler runs"};
  std::vector<Violation> violations;
  std::vector<bool> running(evidence.run.calls.size());
  for (const HandlerStep& step : timeline.steps) running[step.call] = !step.ends;
  for (std::size_t call = 0; call < running.size(); ++call) {
    if (running[call])
      violations.push_back("\"" + evidence.run.calls[call].item_identifier +
                           "\" was still being handled when the answer came");
  }
  if (violations.empty() && timeline.leaves_work)
    violations.emplace_back("a coroutine still waited when the answer came: Lambda freezes it");
  return violations;
}

}  // namespace

constinit const Law comes_to_an_end{
    .id = "comes-to-an-end",
    .sentence =
        "The answer comes, and not before every handler has ended, nor while a coroutine still waits.",
    .aws_page = "Lambda execution environment lifecycle",
    .violations = violations_of_the_end,
    .expected = "an answer, with nothing left to do",
};

}  // namespace batchproof::properties
