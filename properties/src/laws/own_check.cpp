#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {

constinit const Law own_check{
    .id = "own-check",
    .sentence = "The check that came with the handler finds nothing wrong after a batch.",
    .aws_page = "Implementing partial batch responses",
    .judges = [](const Evidence& evidence) { return evidence.run.complaints.has_value(); },
    .violations = [](const Evidence& evidence) { return *evidence.run.complaints; },
    .expected = "nothing for the check to find",
    .needs_check = true,
};

}  // namespace batchproof::properties
