#include <batchproof/properties/laws.hpp>

#include "../refusal.hpp"
#include "../remains.hpp"

namespace batchproof::properties {
namespace {

bool unreportable_judges(const fixtures::BatchCase& batch_case, const Observation& observation) {
  const auto& remains = read_remains(observation.payload, batch_case.source);
  return remains && remains->unidentified > 0;
}

std::vector<Violation> unreportable_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                               const Observation& observation) {
  return unless_refused(observation,
                        "a record of the event has no identifier that its failure could be reported by");
}

}  // namespace

constinit const Law unreportable{
    .id = "unreportable",
    .sentence = "A record without a usable identifier fails the invocation before any handler runs.",
    .aws_page = "Implementing partial batch responses",
    .input = LawInput::damaged_payload,
    .applies = applies_always,
    .judges = unreportable_judges,
    .violations = unreportable_violations,
};

}  // namespace batchproof::properties
