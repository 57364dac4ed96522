#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> violations_of_nothing_lost(const fixtures::BatchCase& batch_case,
                                                  const fixtures::ProcessorClaims& claims, std::size_t,
                                                  const ConcurrentObservation& observation) {
  if (observation.is_stuck) return {};  // the timeout of the function delivers all of it again
  return nothing_lost.violations(Evidence(batch_case, claims, observation.run));
}

}  // namespace

constinit const ConcurrencyLaw lost_under_no_schedule{
    .id = "lost-under-no-schedule",
    .sentence = "A record whose handler did not return normally is reported, under every schedule.",
    .aws_page = "Implementing partial batch responses",
    .violations = violations_of_nothing_lost,
};

}  // namespace batchproof::properties
