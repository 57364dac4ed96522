#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {

constinit const Law canary{
    .id = "canary",
    .sentence = "Every batch violates this law on purpose: it held when the verification saw the violation.",
    .aws_page = "",
    .violations = [](const Evidence&) { return std::vector<Violation>{"every batch violates this law"}; },
};

}  // namespace batchproof::properties
