#include "expected_answer.hpp"

#include <batchproof/fixtures/service_answer.hpp>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace batchproof::properties {

std::string expected_answer(const Evidence& evidence) {
  const auto& records = evidence.batch_case.records;
  std::vector<std::string> failed;
  std::unordered_set<std::string_view> seen;
  bool has_success = records.empty();
  for (std::size_t index = 0; index < records.size(); ++index) {
    const std::string& identifier = records[index].item_identifier;
    const bool succeeds = evidence.expected()[index] == ExpectedOutcome::succeeds;
    has_success |= succeeds;
    if (!succeeds && seen.insert(identifier).second) failed.push_back(identifier);
  }
  if (fixtures::is_stream(evidence.batch_case.source) && !evidence.claims.reports_every_failure &&
      failed.size() > 1)
    failed.resize(1);
  // What the state should be only the function knows, so no law but `window` judges it.
  std::string state = "{}";
  if (fixtures::has_windows(evidence.batch_case.source) && evidence.run.response)
    state = fixtures::answered_state(*evidence.run.response).value_or(state);
  return (!has_success && evidence.claims.raise_on_entire_batch_failure ? "an error, or " : "") +
         fixtures::response_that_reports(failed, evidence.batch_case.source, state);
}

}  // namespace batchproof::properties
