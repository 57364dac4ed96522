#include "expected_answer.hpp"

#include <batchproof/properties/depends_on.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::properties {

std::string expected_answer(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims) {
  const std::vector<ExpectedOutcome> outcomes = expected_outcomes(batch_case, claims);
  std::vector<std::string> failed;
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    if (outcomes[index] != ExpectedOutcome::succeeds)
      failed.push_back(batch_case.records[index].item_identifier);
  }
  const bool all_failed = !failed.empty() && failed.size() == batch_case.records.size();
  if (fixtures::is_stream(batch_case.source) && !claims.reports_every_failure && failed.size() > 1)
    failed.resize(1);
  return (all_failed && claims.raise_on_entire_batch_failure ? "an error, or " : "") + response_of(failed);
}

std::string response_of(const std::vector<std::string>& item_identifiers) {
  auto failures = nlohmann::json::array();
  for (const std::string& identifier : item_identifiers) failures.push_back({{"itemIdentifier", identifier}});
  return nlohmann::json{{"batchItemFailures", std::move(failures)}}.dump();
}

}  // namespace batchproof::properties
