#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> canary_violations(const Evidence&) { return {"every batch violates this law"}; }

}  // namespace

constinit const Law canary{
    .id = "canary",
    .sentence = "A law that every batch violates is seen to be violated.",
    .aws_page = "",
    .violations = canary_violations,
};

}  // namespace batchproof::properties
