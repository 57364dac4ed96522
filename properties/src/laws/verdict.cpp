#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/properties/laws.hpp>

#include "../evidence/text.hpp"

namespace batchproof::properties {
namespace {

/// The payload unquoted when every byte prints.
std::string in_words(const std::string& payload) {
  return prints(payload) && !payload.empty() ? payload : quote_bytes(payload);
}

/// The record and its payload, if that is short.
std::string name_payload(const Evidence& evidence, std::size_t index) {
  constexpr std::size_t short_enough = 60;
  std::string name = evidence.name_record(index);
  const auto payload = fixtures::payloads_in(
      {.source = evidence.batch_case.source, .records = {evidence.batch_case.records[index]}});
  if (payload[0] && payload[0]->size() <= short_enough) name += ", payload " + in_words(*payload[0]) + ",";
  return name;
}

std::vector<Violation> verdict_violations(const Evidence& evidence) {
  const HandledRecords& handled = evidence.handled();
  std::vector<Violation> violations;
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    const auto index = handled.record_of_call[call];
    if (!index || evidence.batch_case.records[*index].verdict_unknown ||
        evidence.run.calls[call].threw == evidence.batch_case.records[*index].rejected)
      continue;
    const std::string record = name_payload(evidence, *index);
    if (evidence.run.calls[call].threw) {
      violations.push_back(record +
                           " must be accepted, and the handler failed: " + evidence.run.calls[call].error);
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
    .violations = verdict_violations,
    .lower_priority_than_comparisons = true,
};

}  // namespace batchproof::properties
