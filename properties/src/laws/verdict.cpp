#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/laws.hpp>

#include "../handled_records.hpp"
#include "../readable_json.hpp"

namespace batchproof::properties {
namespace {

/// As it is where every byte prints.
std::string in_words(const std::string& payload) {
  std::string quoted = quote_bytes(payload);
  return quoted.size() == payload.size() + 2 && !payload.empty() ? payload : quoted;
}

/// The record and, where it can be told in short, what it carries.
std::string name_payload(const fixtures::BatchCase& batch_case, std::size_t index) {
  constexpr std::size_t short_enough = 60;
  std::string name = name_record(batch_case, index);
  for (const auto& field : batch_case.records[index].fields) {
    const bool is_payload = field.name == fixtures::info_of(batch_case.source).payload_field;
    if (is_payload && field.value.size() <= short_enough) name += ", payload " + in_words(field.value) + ",";
  }
  return name;
}

std::vector<Violation> verdict_violations(const fixtures::BatchCase& batch_case,
                                          const fixtures::ProcessorClaims&, const Observation& observation) {
  const HandledRecords handled = handled_records(batch_case, observation);
  std::vector<Violation> violations;
  for (std::size_t call = 0; call < observation.calls.size(); ++call) {
    const auto index = handled.record_of_call[call];
    if (!index || observation.calls[call].threw == batch_case.records[*index].rejected) continue;
    const std::string record = name_payload(batch_case, *index);
    if (observation.calls[call].threw) {
      violations.push_back(record +
                           " must be accepted, and the handler failed: " + observation.calls[call].error);
    } else {
      violations.push_back(record + " must be rejected, and the handler succeeded");
    }
  }
  return violations;
}

}  // namespace

constinit const Law verdict{
    .id = "verdict",
    .sentence = "Each accepted payload succeeds, each rejected one fails.",
    .aws_page = "Implementing partial batch responses",
    .applies = applies_always,
    .judges = judges_always,
    .violations = verdict_violations,
    .lower_priority_than_comparisons = true,
};

}  // namespace batchproof::properties
