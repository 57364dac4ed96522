#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>

namespace batchproof::properties {
namespace {

/// The records whose outcome may change without the one left out: that one, those with the same identifier,
/// those that depend on it, and so on.
std::vector<bool> may_change(const Evidence& evidence, std::size_t left_out) {
  const auto& records = evidence.batch_case.records;
  const bool is_by_key = keeps_order_by_key(evidence.batch_case.source, evidence.claims);
  std::vector<bool> changes(records.size());
  std::vector<std::size_t> changed;
  for (std::size_t index = 0; index < records.size(); ++index) {
    const bool depends = std::any_of(changed.begin(), changed.end(), [&](std::size_t earlier) {
      return depends_on(evidence.batch_case, evidence.claims, index, earlier) ||
             (is_by_key && evidence.orders()[index] == evidence.orders()[earlier]);
    });
    changes[index] = depends || records[index].item_identifier == records[left_out].item_identifier;
    // What depends on this record depends on what this one depends on, unless it has no group.
    if (changes[index] && !(depends && records[index].message_group_id)) changed.push_back(index);
  }
  return changes;
}

struct RecordOutcome {
  bool is_handled;
  bool comes_again;  // not compared on a stream: the checkpoint moves with the record that is left out
  friend bool operator==(const RecordOutcome&, const RecordOutcome&) = default;
};

RecordOutcome outcome_of(const Evidence& evidence, std::size_t index) {
  return {evidence.handled().calls_of_record[index] > 0,
          !fixtures::is_stream(evidence.batch_case.source) && evidence.comes_again(index)};
}

std::string in_words(RecordOutcome outcome) {
  return std::string(outcome.is_handled ? "handled" : "not handled") +
         (outcome.comes_again ? " and reported" : " and not reported");
}

/// The identifiers of all records but one.
fixtures::BatchCase identifiers_without(const fixtures::BatchCase& batch_case, std::size_t left_out) {
  fixtures::BatchCase part{.source = batch_case.source, .records = {}};
  part.records.reserve(batch_case.records.size());
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (index != left_out)
      part.records.emplace_back().item_identifier = batch_case.records[index].item_identifier;
  }
  return part;
}

std::vector<Violation> independence_violations(const Evidence& evidence) {
  std::vector<Violation> violations;
  for (const Observation& run : evidence.run.further_runs) {
    if (!run.left_out) continue;  // the run of one record alone, with a verdict that nobody knows
    const std::size_t left_out = *run.left_out;
    const fixtures::BatchCase part = identifiers_without(evidence.batch_case, left_out);
    const Evidence evidence_of_part(part, evidence.claims, run);
    const std::vector<bool> changes = may_change(evidence, left_out);
    for (std::size_t index = 0; index < changes.size(); ++index) {
      if (changes[index]) continue;
      const RecordOutcome before = outcome_of(evidence, index);
      const RecordOutcome after = outcome_of(evidence_of_part, index > left_out ? index - 1 : index);
      if (before == after) continue;
      violations.push_back(evidence.name_record(index) + " is " + in_words(before) + ", and " +
                           in_words(after) + " without " + evidence.name_record(left_out));
    }
  }
  return violations;
}

}  // namespace

constinit const Law independence{
    .id = "independence",
    .sentence = "A record's outcome does not change when records that it does not depend on are left out.",
    .aws_page = "Implementing partial batch responses",
    .experiment = Experiment::in_part,
    .judges = has_further_runs,
    .violations = independence_violations,
};

}  // namespace batchproof::properties
