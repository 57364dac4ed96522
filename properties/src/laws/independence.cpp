#include <batchproof/properties/depends_on.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>
#include <utility>

#include "../handled_records.hpp"

namespace batchproof::properties {
namespace {

/// The records that the one left out may change: itself and its twins, what depends on it, and so on.
std::vector<bool> may_change(const fixtures::BatchCase& batch_case, const fixtures::ProcessorClaims& claims,
                             std::size_t left_out) {
  const auto& records = batch_case.records;
  std::vector<bool> changes(records.size());
  for (std::size_t index = 0; index < records.size(); ++index) {
    changes[index] = records[index].item_identifier == records[left_out].item_identifier;
    for (std::size_t earlier = 0; earlier < index && !changes[index]; ++earlier) {
      changes[index] = changes[earlier] && depends_on(batch_case, claims, index, earlier);
    }
  }
  return changes;
}

struct Outcome {
  bool is_handled;
  bool is_reported;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

std::vector<Outcome> outcomes(const fixtures::BatchCase& batch_case, const Observation& observation) {
  const HandledRecords handled = handled_records(batch_case, observation);
  const ServiceView view = read_as_service(observation, batch_case);
  std::vector<Outcome> outcomes;
  outcomes.reserve(batch_case.records.size());
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    outcomes.push_back(
        {handled.calls_of_record[index] > 0, view.reports(batch_case.records[index].item_identifier)});
  }
  return outcomes;
}

/// What an outcome hangs on, of all records but one.
fixtures::BatchCase identifiers_without(const fixtures::BatchCase& batch_case, std::size_t left_out) {
  fixtures::BatchCase part{.source = batch_case.source, .records = {}};
  part.records.reserve(batch_case.records.size());
  for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
    if (index != left_out)
      part.records.emplace_back().item_identifier = batch_case.records[index].item_identifier;
  }
  return part;
}

std::string in_words(Outcome outcome) {
  return std::string(outcome.is_handled ? "handled" : "not handled") +
         (outcome.is_reported ? " and reported" : " and not reported");
}

std::vector<Violation> independence_violations(const fixtures::BatchCase& batch_case,
                                               const fixtures::ProcessorClaims& claims,
                                               const Observation& observation) {
  const std::vector<Outcome> whole = outcomes(batch_case, observation);
  std::vector<Violation> violations;
  for (const Observation& run : observation.further_runs) {
    const std::size_t left_out = *run.left_out;
    const std::vector<Outcome> part = outcomes(identifiers_without(batch_case, left_out), run);
    const std::vector<bool> changes = may_change(batch_case, claims, left_out);
    for (std::size_t index = 0; index < batch_case.records.size(); ++index) {
      if (changes[index]) continue;
      const Outcome before = whole[index];
      const Outcome after = part[index > left_out ? index - 1 : index];
      if (before == after) continue;
      std::string change = name_record(batch_case, index);
      change += " is " + in_words(before);
      change += ", and " + in_words(after);
      change += " without " + name_record(batch_case, left_out);
      violations.push_back(std::move(change));
    }
  }
  return violations;
}

}  // namespace

constinit const Law independence{
    .id = "independence",
    .sentence = "A record's outcome does not change when records that it does not depend on are taken away.",
    .aws_page = "Implementing partial batch responses",
    .input = LawInput::batch_in_part,
    .applies = applies_always,
    .judges = judges_further_runs,
    .violations = independence_violations,
};

}  // namespace batchproof::properties
