#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <cstddef>
#include <map>

namespace batchproof::properties {
namespace {

/// Behind a record that was left, no other of its key is handled: when the first comes again, it would come
/// after the other.
void judge_left_records(const Evidence& evidence, std::vector<Violation>& violations) {
  const std::vector<std::size_t>& calls_of_record = evidence.handled().calls_of_record;
  std::map<std::size_t, std::size_t> left;  // by order
  for (std::size_t index = 0; index < calls_of_record.size(); ++index) {
    const std::size_t order = evidence.orders()[index];
    const auto before = left.find(order);
    if (calls_of_record[index] == 0) {
      left.try_emplace(order, index);
    } else if (before != left.end()) {
      violations.push_back(evidence.name_record(index) + " is handled, and " +
                           evidence.name_record(before->second) + " of its key before it is not");
    }
  }
}

std::vector<Violation> once_in_order_violations(const Evidence& evidence) {
  const HandledRecords& handled = evidence.handled();
  const std::vector<ExpectedOutcome>& outcomes = evidence.expected();
  std::vector<Violation> violations;
  const fixtures::Source source = evidence.batch_case.source;
  const bool has_order = !fixtures::is_standard_queue(source);
  std::map<std::size_t, std::size_t> furthest;  // by order
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    const auto record = handled.record_of_call[call];
    if (!record) {
      violations.push_back("\"" + evidence.run.calls[call].item_identifier +
                           "\" is handled but is not in the batch");
      continue;
    }
    if (!has_order) continue;
    std::size_t& last = furthest.try_emplace(evidence.orders()[*record], *record).first->second;
    if (*record < last) {
      violations.push_back(evidence.name_record(*record) + " is handled after " + evidence.name_record(last));
    } else {
      last = *record;
    }
  }
  const bool must_stop = !fixtures::is_fifo_queue(source) && evidence.claims.stop_on_first_failure;
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
  if (keeps_order_by_key(evidence.batch_case.source, evidence.claims))
    judge_left_records(evidence, violations);
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
