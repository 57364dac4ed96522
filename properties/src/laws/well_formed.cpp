#include <algorithm>
#include <batchproof/fixtures/service_answer.hpp>
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
  if (const auto& whole_batch = evidence.view().whole_batch)
    return {"the service takes the response for a failure of the whole batch: " + *whole_batch};
  const auto& expected = evidence.expected();
  const bool all_succeed = std::all_of(expected.begin(), expected.end(), [](ExpectedOutcome outcome) {
    return outcome == ExpectedOutcome::succeeds;
  });
  if (!all_succeed && evidence.view().reported.empty() && !fixtures::lists_failures(*evidence.run.response))
    return {"the service finds no list batchItemFailures in the response, and takes it for a success"};
  return {};
}

}  // namespace

constinit const Law well_formed{
    .id = "well-formed",
    .sentence =
        "The service reads the response as intended: the right names, and nothing that fails the whole "
        "batch.",
    .aws_page = "Implementing partial batch responses",
    .violations = well_formed_violations,
};

}  // namespace batchproof::properties
