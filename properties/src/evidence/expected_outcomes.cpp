#include <algorithm>
#include <batchproof/fixtures/handling_time.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/depends_on.hpp>

namespace batchproof::properties {
namespace {

using fixtures::DeliveryKind;

/// False when the records of a batch do not depend on each other.
bool may_depend(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  if (claims.stop_on_first_failure) return true;
  if (fixtures::is_stream(source)) return !claims.reports_every_failure;
  return fixtures::info_of(source).delivery == DeliveryKind::fifo_queue;
}

}  // namespace

bool stops_group_alone(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  const DeliveryKind delivery = fixtures::info_of(source).delivery;
  return delivery == DeliveryKind::partitions ||
         (delivery == DeliveryKind::fifo_queue && claims.skip_group_on_error);
}

bool depends_on(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
                std::size_t later, std::size_t earlier) {
  if (earlier >= later || !may_depend(batch_case.source, claims)) return false;
  if (!stops_group_alone(batch_case.source, claims)) return true;
  const auto& group = batch_case.records[later].message_group_id;
  const auto& earlier_group = batch_case.records[earlier].message_group_id;
  return !group || !earlier_group || *group == *earlier_group;
}

std::vector<ExpectedOutcome> expected_outcomes(const fixtures::BatchCase& batch_case,
                                               const fixtures::ProcessorClaims& claims,
                                               const std::optional<std::chrono::milliseconds>& time_limit) {
  const bool each_is_for_itself = !may_depend(batch_case.source, claims);
  std::vector<ExpectedOutcome> outcomes;
  outcomes.reserve(batch_case.records.size());
  std::vector<std::size_t> not_done;
  auto left = time_limit.value_or(std::chrono::milliseconds(0));
  bool is_late = false;
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    const auto& record = batch_case.records[index];
    const bool is_stopped = std::any_of(not_done.begin(), not_done.end(), [&](std::size_t earlier) {
      return depends_on(batch_case, claims, index, earlier);
    });
    if (!is_stopped && time_limit) is_late = is_late || left < claims.reserve || left.count() <= 0;
    if (is_stopped || is_late) {
      outcomes.push_back(is_stopped ? ExpectedOutcome::stopped : ExpectedOutcome::late);
    } else {
      if (time_limit) left -= fixtures::handling_time(record.item_identifier);
      outcomes.push_back(record.rejected ? ExpectedOutcome::fails : ExpectedOutcome::succeeds);
    }
    // The group of a stopped record is stopped already, so the record stops no others.
    const bool stops_more = !is_stopped || !record.message_group_id;
    if (!each_is_for_itself && stops_more && outcomes.back() != ExpectedOutcome::succeeds)
      not_done.push_back(index);
  }
  return outcomes;
}

}  // namespace batchproof::properties
