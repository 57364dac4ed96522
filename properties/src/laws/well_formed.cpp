#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

std::vector<Violation> well_formed_violations(const Evidence& evidence) {
  if (!evidence.run.response) {
    if (evidence.batch_case.records.empty()) return {"an empty batch is not answered: " + evidence.run.error};
    if (!evidence.claims.raise_on_entire_batch_failure) {
      return {"the batch is not answered, where the processor claims to answer every batch: " +
              evidence.run.error};
    }
    return {};
  }
  if (const auto flaw = flaw_in_response(*evidence.run.response))
    return {"the response is not well formed: " + *flaw};
  if (const auto whole_batch = evidence.view().whole_batch) {
    return {"the service takes the response for a failure of the whole batch: " + *whole_batch};
  }
  return {};
}

}  // namespace

constinit const Law well_formed{
    .id = "well-formed",
    .sentence = "The response is exactly the JSON that the service reads.",
    .aws_page = "Implementing partial batch responses",
    .violations = well_formed_violations,
};

}  // namespace batchproof::properties
