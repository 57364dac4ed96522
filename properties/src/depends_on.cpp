#include <algorithm>
#include <batchproof/properties/depends_on.hpp>

namespace batchproof::properties {

bool depends_on(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
                std::size_t later, std::size_t earlier) {
  if (earlier >= later) return false;
  if (fixtures::is_stream(batch_case.source))
    return claims.stop_on_first_failure || !claims.reports_every_failure;
  if (batch_case.source != fixtures::Source::sqs_fifo) return false;
  if (!claims.skip_group_on_error) return true;
  const auto& group = batch_case.records[later].message_group_id;
  const auto& earlier_group = batch_case.records[earlier].message_group_id;
  return !group || !earlier_group || *group == *earlier_group;
}

std::vector<ExpectedOutcome> expected_outcomes(const fixtures::BatchCase& batch_case,
                                               const fixtures::ProcessorClaims& claims) {
  const bool all_are_independent = batch_case.source == fixtures::Source::sqs;
  std::vector<ExpectedOutcome> expected_outcomes;
  expected_outcomes.reserve(batch_case.records.size());
  std::vector<std::size_t> not_done;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const bool stopped = std::any_of(not_done.begin(), not_done.end(), [&](std::size_t earlier) {
      return depends_on(batch_case, claims, index, earlier);
    });
    expected_outcomes.push_back(stopped                              ? ExpectedOutcome::stopped
                                : batch_case.records[index].rejected ? ExpectedOutcome::fails
                                                                     : ExpectedOutcome::succeeds);
    if (!all_are_independent && expected_outcomes.back() != ExpectedOutcome::succeeds)
      not_done.push_back(index);
  }
  return expected_outcomes;
}

}  // namespace batchproof::properties
