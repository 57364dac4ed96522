#include <algorithm>
#include <batchproof/properties/laws.hpp>

#include "../evidence/readable_records.hpp"

namespace batchproof::properties {
namespace {

/// The calls with an identifier of no record. Records without an identifier cannot be told apart: they count
/// as done if there are enough such calls.
std::size_t calls_without_record(const Evidence& evidence) {
  std::size_t calls = 0;
  for (std::size_t call = 0; call < evidence.run.calls.size(); ++call) {
    if (!evidence.handled().record_of_call[call] && !evidence.run.calls[call].threw) ++calls;
  }
  return calls;
}

/// `evidence` holds only the records whose identifier can be read.
std::vector<Violation> lost_records(const Evidence& evidence, std::size_t unidentified) {
  const auto& records = evidence.batch_case.records;
  const ServiceView& view = evidence.view();
  const bool is_stream = fixtures::is_stream(evidence.batch_case.source);
  const auto reported = std::find_if(records.begin(), records.end(), [&](const auto& record) {
    return view.reports(record.item_identifier);
  });
  const auto restart = static_cast<std::size_t>(reported - records.begin());
  std::vector<Violation> violations;
  if (view.complete_failure)
    violations.push_back("the response fails the whole batch: " + *view.complete_failure);
  for (std::size_t index = 0; index < records.size(); ++index) {
    if (evidence.is_accounted_for(index)) continue;
    // The shard continues from there in its own order: damaged sequence numbers cannot be compared.
    if (is_stream && !evidence.claims.reports_every_failure && index > restart) continue;
    violations.push_back("\"" + records[index].item_identifier +
                         "\" can be read, did not succeed and is not reported: it is lost");
  }
  const bool is_behind_checkpoint = is_stream && view.checkpoint();
  if (!is_behind_checkpoint && calls_without_record(evidence) < unidentified) {
    violations.push_back(
        "a record without an identifier was neither handled nor did it fail the invocation: it is lost");
  }
  return violations;
}

std::vector<Violation> total_violations(const Evidence& evidence) {
  const Observation& run = evidence.run;
  if (!run.response) {
    if (!run.threw_event_error) return {};
    if (!run.calls.empty()) return {"an EventError was thrown after a record had been handled: " + run.error};
    if (may_hold_record_at(run.payload, run.error_place, evidence.batch_case.source, evidence.readable()))
      return {};
    return {"an EventError names a record that is not in the event: " + run.error};
  }
  const auto& readable = evidence.readable();
  if (!readable) return {"the payload holds no batch, and yet it is answered"};
  return lost_records(Evidence(readable->identified, evidence.claims, run), readable->unidentified);
}

}  // namespace

constinit const Law total{
    .id = "total",
    .sentence =
        "Any bytes give a response or an error: no crash, no answer to half a batch, and no record lost.",
    .aws_page = "Implementing partial batch responses",
    .experiment = Experiment::damaged,
    .violations = total_violations,
    .expected = "a response that loses no record, or an error",
};

}  // namespace batchproof::properties
