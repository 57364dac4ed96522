#include <algorithm>
#include <batchproof/fixtures/handling_time.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <map>

namespace batchproof::properties {
namespace {

/// False when the records of a batch do not depend on each other.
bool may_depend(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  if (claims.stop_on_first_failure) return true;
  if (fixtures::is_stream(source)) return !claims.reports_every_failure;
  return fixtures::is_fifo_queue(source);
}

ExpectedOutcome own_outcome(const fixtures::CaseRecord& record) {
  return record.rejected ? ExpectedOutcome::fails : ExpectedOutcome::succeeds;
}

/// Each record has its verdict, but for those that the run left and may leave: behind a failure of their key,
/// or without the time for them. Behind one that was left, no record of its key may be handled.
std::vector<ExpectedOutcome> outcomes_by_key(const fixtures::BatchCase& batch_case,
                                             const fixtures::ProcessorClaims& claims,
                                             const std::optional<std::chrono::milliseconds>& time_limit,
                                             const std::vector<std::size_t>* calls_of_record) {
  enum class Key { undisturbed, failed, left };
  const auto& records = batch_case.records;
  const auto calls_of = [&](std::size_t index) { return calls_of_record ? (*calls_of_record)[index] : 1; };
  auto time = time_limit.value_or(std::chrono::milliseconds(0));
  for (std::size_t index = 0; time_limit && index < records.size(); ++index)
    time -= fixtures::handling_time(records[index].item_identifier) * calls_of(index);
  const bool has_time = !time_limit || !(time < claims.reserve || time.count() <= 0);
  const std::vector<std::size_t> orders = handling_orders(batch_case, claims);
  std::map<std::size_t, Key> keys;
  std::vector<ExpectedOutcome> outcomes;
  outcomes.reserve(records.size());
  for (std::size_t index = 0; index < records.size(); ++index) {
    Key& key = keys[orders[index]];
    const bool is_handled = calls_of(index) > 0;
    if (key == Key::left || (key == Key::failed && !is_handled)) {
      outcomes.push_back(ExpectedOutcome::stopped);
      key = Key::left;
    } else if (!is_handled && !has_time) {
      outcomes.push_back(ExpectedOutcome::late);
      key = Key::left;
    } else {
      outcomes.push_back(own_outcome(records[index]));
      if (records[index].rejected) key = Key::failed;
    }
  }
  return outcomes;
}

}  // namespace

bool stops_group_alone(fixtures::Source source, const fixtures::ProcessorClaims& claims) {
  return fixtures::has_partitions(source) || (fixtures::is_fifo_queue(source) && claims.skip_group_on_error);
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
                                               const std::optional<std::chrono::milliseconds>& time_limit,
                                               const std::vector<std::size_t>* calls_of_record) {
  const bool each_is_for_itself = !may_depend(batch_case.source, claims);
  if (each_is_for_itself && keeps_order_by_key(batch_case.source, claims))
    return outcomes_by_key(batch_case, claims, time_limit, calls_of_record);
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
      outcomes.push_back(own_outcome(record));
    }
    // The group of a stopped record is stopped already, so the record stops no others.
    const bool stops_more = !is_stopped || !record.message_group_id;
    if (!each_is_for_itself && stops_more && outcomes.back() != ExpectedOutcome::succeeds)
      not_done.push_back(index);
  }
  return outcomes;
}

}  // namespace batchproof::properties
