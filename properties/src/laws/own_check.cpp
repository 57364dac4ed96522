#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

bool own_check_judges(const Evidence& evidence) { return evidence.run.complaints.has_value(); }

std::vector<Violation> own_check_violations(const Evidence& evidence) { return *evidence.run.complaints; }

}  // namespace

constinit const Law own_check{
    .id = "own-check",
    .sentence = "The check that came with the handler finds nothing wrong after a batch.",
    .aws_page = "Implementing partial batch responses",
    .judges = own_check_judges,
    .violations = own_check_violations,
    .expected = "nothing for the check to find",
    .needs_check = true,
};

}  // namespace batchproof::properties
