#include <algorithm>
#include <batchproof/fixtures/service_answer.hpp>
#include <batchproof/properties/laws.hpp>

namespace batchproof::properties {
namespace {

/// The error that all failed has an exception for each record, a summary of them, and the complete response.
std::vector<Violation> judge_error(const Evidence& evidence) {
  const auto& records = evidence.batch_case.records;
  const Observation& run = evidence.run;
  std::vector<Violation> violations;
  if (run.all_failed->exceptions != records.size()) {
    violations.push_back("the error holds " + std::to_string(run.all_failed->exceptions) +
                         " exceptions for " + std::to_string(records.size()) + " records");
  }
  Observation answered;
  answered.response = run.all_failed->response;
  const ServiceView view = read_as_service(answered, evidence.batch_case);
  if (view.complete_failure)
    violations.push_back("the response that the error holds fails the batch: " + *view.complete_failure);
  for (std::size_t index = 0; index < records.size(); ++index) {
    if (!view.reports(records[index].item_identifier))
      violations.push_back("the response that the error holds leaves out " + evidence.name_record(index));
  }
  constexpr std::size_t quoted = 3;
  const auto wants = [&](const std::string& part) {
    if (run.error.find(part) == std::string::npos)
      violations.push_back("the error does not say \"" + part + "\": " + run.error);
  };
  wants(records.size() == 1 ? "the one record of" : "all " + std::to_string(records.size()) + " records of");
  for (std::size_t index = 0; index < std::min(quoted, records.size()); ++index)
    wants((index == 0 ? "failed: record " : "; record ") + std::to_string(index) + " (");
  if (records.size() > quoted) wants("; and " + std::to_string(records.size() - quoted) + " more");
  return violations;
}

std::vector<Violation> well_formed_violations(const Evidence& evidence) {
  if (!evidence.run.response) {
    if (evidence.batch_case.records.empty()) return {"an empty batch is not answered: " + evidence.run.error};
    if (!evidence.claims.raise_on_entire_batch_failure) {
      return {"the batch is not answered, where the processor claims to answer every batch: " +
              evidence.run.error};
    }
    return evidence.run.is_of_this_library && evidence.run.all_failed ? judge_error(evidence)
                                                                      : std::vector<Violation>();
  }
  if (const auto& complete_failure = evidence.view().complete_failure)
    return {"the service takes the response for a failure of the whole batch: " + *complete_failure};
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
