#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/service_view.hpp>

#include "../handled_records.hpp"
#include "../remains.hpp"

namespace batchproof::properties {
namespace {

/// A record without an identifier cannot be told from another: they are done as long as there are calls
/// enough.
std::size_t calls_without_record(const HandledRecords& handled, const Observation& observation) {
  std::size_t calls = 0;
  for (std::size_t call = 0; call < observation.calls.size(); ++call) {
    if (!handled.record_of_call[call] && !observation.calls[call].threw) ++calls;
  }
  return calls;
}

std::vector<Violation> lost_records(const Remains& remains, const fixtures::ProcessorClaims& claims,
                                    const Observation& observation) {
  const auto& identified = remains.identified;
  const ServiceView view = read_as_service(observation, identified);
  const HandledRecords handled = handled_records(identified, observation);
  const bool reports_checkpoint = fixtures::is_stream(identified.source) && !claims.reports_every_failure;
  const auto reported =
      std::find_if(identified.records.begin(), identified.records.end(),
                   [&](const auto& record) { return view.reports(record.item_identifier); });
  const auto restart = static_cast<std::size_t>(reported - identified.records.begin());
  std::vector<Violation> violations;
  if (view.whole_batch) violations.push_back("the response fails the whole batch: " + *view.whole_batch);
  for (std::size_t index = 0; index < identified.records.size(); ++index) {
    const std::string& identifier = identified.records[index].item_identifier;
    if (handled.done[index] || view.reports(identifier)) continue;
    // The shard goes on from there in its own order: damaged sequence numbers cannot be compared.
    if (reports_checkpoint && index > restart) continue;
    violations.push_back("\"" + identifier +
                         "\" can be read, did not succeed and is not reported: it is lost");
  }
  const bool is_behind_checkpoint = fixtures::is_stream(identified.source) && view.checkpoint();
  if (!is_behind_checkpoint && calls_without_record(handled, observation) < remains.unidentified) {
    violations.push_back(
        "a record without an identifier was neither handled nor did it fail the invocation: it is lost");
  }
  return violations;
}

std::vector<Violation> total_violations(const fixtures::BatchCase& batch_case,
                                        const fixtures::ProcessorClaims& claims,
                                        const Observation& observation) {
  if (!observation.response) {
    if (!observation.threw_event_error || observation.calls.empty()) return {};
    return {"an EventError was thrown after a record had been handled: " + observation.error};
  }
  if (const auto flaw = flaw_in_response(*observation.response))
    return {"the response is not well formed: " + *flaw};
  const auto& remains = read_remains(observation.payload, batch_case.source);
  if (!remains) return {"the payload holds no batch, and yet it is answered"};
  return lost_records(*remains, claims, observation);
}

}  // namespace

constinit const Law total{
    .id = "total",
    .sentence =
        "Any bytes give a response or an error: no crash, no answer to half a batch, and no record lost.",
    .aws_page = "Implementing partial batch responses",
    .input = LawInput::damaged_payload,
    .applies = applies_always,
    .judges = judges_always,
    .violations = total_violations,
};

}  // namespace batchproof::properties
