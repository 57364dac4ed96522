#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> canary_violations(const Evidence&) { return {"every batch violates this law"}; }

}  // namespace

constinit const Law canary{
    .id = "canary",
    .sentence = "Every batch violates this law on purpose: it held when the verification saw the violation.",
    .aws_page = "",
    .violations = canary_violations,
};

}  // namespace batchproof::properties
