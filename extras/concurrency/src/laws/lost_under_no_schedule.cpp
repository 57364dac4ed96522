#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

/// False when the run was stuck: the function then times out, and the service delivers the whole batch again.
bool is_answered(const Evidence& evidence) { return !evidence.run.timeline->is_stuck; }

std::vector<Violation> violations_of_nothing_lost(const Evidence& evidence) {
  return nothing_lost.violations(evidence);
}

}  // namespace

constinit const Law lost_under_no_schedule{
    .id = "lost-under-no-schedule",
    .sentence = "A record whose handler did not return normally is reported, under every schedule.",
    .aws_page = "Implementing partial batch responses",
    .judges = is_answered,
    .violations = violations_of_nothing_lost,
};

}  // namespace batchproof::properties
