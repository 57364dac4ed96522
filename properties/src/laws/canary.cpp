#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> canary_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                         const Observation&) {
  return {"every batch violates this law"};
}

}  // namespace

constinit const Law canary{
    .id = "canary",
    .sentence = "A law that every batch violates is seen to be violated.",
    .aws_page = "",
    .applies = applies_always,
    .judges = judges_always,
    .violations = canary_violations,
};

}  // namespace batchproof::properties
