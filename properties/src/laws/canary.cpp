#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> canary_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                         const Observation&) {
  return {"this law is broken by every batch"};
}

}  // namespace

constinit const Law canary{
    .id = "canary",
    .sentence = "A law that every batch breaks is seen to be broken.",
    .aws_page = "",
    .applies = applies_always,
    .judges = judges_always,
    .violations = canary_violations,
};

}  // namespace batchproof::properties
