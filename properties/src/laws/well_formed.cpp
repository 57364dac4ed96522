#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> well_formed_violations(const fixtures::BatchCase& batch_case,
                                              const fixtures::ProcessorClaims& claims,
                                              const Observation& observation) {
  if (!observation.response) {
    if (batch_case.records.empty()) return {"an empty batch is not answered: " + observation.error};
    if (!claims.raise_on_entire_batch_failure) {
      return {"the batch is not answered, where the processor claims to answer every batch: " +
              observation.error};
    }
    return {};
  }
  if (const auto flaw = flaw_in_response(*observation.response))
    return {"the response is not well formed: " + *flaw};
  if (const auto whole_batch = read_as_service(observation, batch_case).whole_batch) {
    return {"the service takes the response for a failure of the whole batch: " + *whole_batch};
  }
  return {};
}

}  // namespace

constinit const Law well_formed{
    .id = "well-formed",
    .sentence = "The response is exactly the JSON that the service reads.",
    .aws_page = "Implementing partial batch responses",
    .applies = applies_always,
    .judges = judges_always,
    .violations = well_formed_violations,
};

}  // namespace batchproof::properties
