#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/laws.hpp>
#include <map>
#include <string_view>

namespace batchproof::properties {
namespace {

std::vector<Violation> once_in_order_violations(const Evidence& evidence) {
  const HandledRecords& handled = evidence.handled();
  const std::vector<ExpectedOutcome>& outcomes = evidence.expected();
  std::vector<Violation> violations;
  const fixtures::DeliveryKind delivery = fixtures::info_of(evidence.batch_case.source).delivery;
  const bool has_order = delivery != fixtures::DeliveryKind::queue;
  // A processor that skips the group of a failure alone may take one group after the other.
  const bool is_by_group = stops_group_alone(evidence.batch_case.source, evidence.claims);
  std::map<std::string_view, std::size_t> furthest;  // by partition or group
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    const auto record = handled.record_of_call[call];
    if (!record) {
      violations.push_back("\"" + evidence.run.calls[call].item_identifier +
                           "\" is handled but is not in the batch");
      continue;
    }
    const auto& group = evidence.batch_case.records[*record].message_group_id;
    const std::string_view order = is_by_group && group ? *group : std::string_view();
    std::size_t& last = furthest.try_emplace(order, *record).first->second;
    if (has_order && *record < last) {
      violations.push_back(evidence.name_record(*record) + " is handled after " + evidence.name_record(last));
    } else {
      last = *record;
    }
  }
  const bool must_stop =
      delivery != fixtures::DeliveryKind::fifo_queue && evidence.claims.stop_on_first_failure;
  for (std::size_t index = 0; index < evidence.batch_case.records.size(); ++index) {
    const std::size_t calls = handled.calls_of_record[index];
    const bool is_stopped = outcomes[index] == ExpectedOutcome::stopped;
    const auto record = [&] { return evidence.name_record(index); };
    if (calls > 1) violations.push_back(record() + " is handled " + std::to_string(calls) + " times");
    if (calls == 0 && !is_stopped)
      violations.push_back(record() + " is never handled, and nothing that it depends on failed");
    if (calls > 0 && must_stop && is_stopped)
      violations.push_back(record() + " is handled after a failure, where the processor claims to stop");
  }
  return violations;
}

}  // namespace

constinit const Law once_in_order{
    .id = "once-in-order",
    .sentence =
        "A record is handled at most once, and exactly once unless one that it depends on failed; in batch "
        "order where the source has one.",
    .aws_page = "Implementing partial batch responses",
    .violations = once_in_order_violations,
};

}  // namespace batchproof::properties
