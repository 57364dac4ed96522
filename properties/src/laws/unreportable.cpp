#include <batchproof/properties/laws.hpp>

#include "refused.hpp"

namespace batchproof::properties {
namespace {

bool unreportable_judges(const Evidence& evidence) {
  const auto& readable = evidence.readable();
  return readable && readable->unidentified > 0;
}

std::vector<Violation> unreportable_violations(const Evidence& evidence) {
  return unless_refused(evidence.run,
                        "a record of the event has no identifier that its failure could be reported by");
}

}  // namespace

constinit const Law unreportable{
    .id = "unreportable",
    .sentence = "A record without a usable identifier fails the invocation before any handler runs.",
    .aws_page = "Implementing partial batch responses",
    .experiment = Experiment::damaged,
    .judges = unreportable_judges,
    .violations = unreportable_violations,
};

}  // namespace batchproof::properties
