#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> survives_violations(const fixtures::BatchCase&, const fixtures::ProcessorClaims&,
                                           const Observation& observation) {
  if (!observation.process_end) return {};
  return {"the handler ended the process, " + *observation.process_end};
}

}  // namespace

constinit const Law survives{
    .id = "survives",
    .sentence = "No payload, damaged ones included, ends the process.",
    .aws_page = "Lambda execution environment lifecycle",
    .input = LawInput::process_of_its_own,
    .applies = applies_always,
    .judges = judges_always,
    .violations = survives_violations,
};

}  // namespace batchproof::properties
