#include <algorithm>
#include <batchproof/properties/depends_on.hpp>

namespace batchproof::properties {

bool depends_on(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
                std::size_t later, std::size_t earlier) {
  if (earlier >= later) return false;
  if (fixtures::is_stream(batch_case.source))
    return claims.stops_on_first_failure || !claims.reports_every_failure;
  if (batch_case.source != fixtures::Source::sqs_fifo) return false;
  if (!claims.skip_group_on_error) return true;
  const auto& group = batch_case.records[later].message_group_id;
  const auto& earlier_group = batch_case.records[earlier].message_group_id;
  return !group || !earlier_group || *group == *earlier_group;
}

std::vector<Fate> fates(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims) {
  const bool all_are_independent = batch_case.source == fixtures::Source::sqs;
  std::vector<Fate> fates;
  fates.reserve(batch_case.records.size());
  std::vector<std::size_t> not_done;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const bool stopped = std::any_of(not_done.begin(), not_done.end(), [&](std::size_t earlier) {
      return depends_on(batch_case, claims, index, earlier);
    });
    fates.push_back(stopped                              ? Fate::stopped
                    : batch_case.records[index].rejected ? Fate::fails
                                                         : Fate::succeeds);
    if (!all_are_independent && fates.back() != Fate::succeeds) not_done.push_back(index);
  }
  return fates;
}

}  // namespace batchproof::properties
