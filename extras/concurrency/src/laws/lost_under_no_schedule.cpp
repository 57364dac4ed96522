#include <batchproof/concurrency/laws.hpp>
#include <batchproof/properties/laws.hpp>

#include "is_answered.hpp"

namespace batchproof::properties {
namespace {

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
