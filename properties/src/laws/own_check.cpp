#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

bool own_check_judges(const fixtures::BatchCase&, const Observation& observation) {
  return observation.complaints.has_value();
}

std::vector<Violation> own_check_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                            const Observation& observation) {
  return *observation.complaints;
}

}  // namespace

constinit const Law own_check{
    .id = "own-check",
    .sentence = "The check that came with the handler finds nothing wrong after a batch.",
    .aws_page = "Implementing partial batch responses",
    .applies = applies_always,
    .judges = own_check_judges,
    .violations = own_check_violations,
};

}  // namespace batchproof::properties
