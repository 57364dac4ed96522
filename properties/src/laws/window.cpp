#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/laws.hpp>
#include <nlohmann/json.hpp>

namespace batchproof::properties {
namespace {

using nlohmann::json;

bool window_applies(fixtures::Source source, const fixtures::ProcessorClaims&) {
  return fixtures::has_windows(source);
}

/// A member of a state of the kit's functions.
json member_of(const json& state, const char* name, json otherwise) {
  return state.is_object() ? state.value(name, std::move(otherwise)) : std::move(otherwise);
}

/// The state in the event, followed by the records before the checkpoint.
json expected_fold(const Evidence& evidence, const json& event) {
  json folded = member_of(event.value("state", json()), "folded", json::array());
  const auto checkpoint = evidence.view().checkpoint();
  for (const fixtures::CaseRecord& record : evidence.batch_case.records) {
    if (checkpoint && !lower_sequence_number(record.item_identifier, *checkpoint)) break;
    folded.push_back(record.item_identifier);
  }
  return folded;
}

std::vector<Violation> window_violations(const Evidence& evidence) {
  const Observation& run = evidence.run;
  if (!run.response)
    return {"the invocation fails, and so the records that succeeded are folded again: " + run.error};
  const json response = fixtures::parse_json_or_discard(*run.response);
  const json event = fixtures::parse_json(run.payload);
  if (!response.is_object() || !response.contains("state") || !response["state"].is_object())
    return {"the response holds no state, so the service treats the invocation as failed"};
  if (evidence.view().complete_failure) return {};
  const json& state = response["state"];
  std::vector<Violation> violations;
  const json expected = expected_fold(evidence, event);
  if (const json folded = member_of(state, "folded", json::array()); folded != expected) {
    violations.push_back("the state is the fold of " + fixtures::to_text(folded) +
                         ", and before the checkpoint lies " + fixtures::to_text(expected));
  }
  const bool ends =
      event.value("isFinalInvokeForWindow", false) || event.value("isWindowTerminatedEarly", false);
  const bool must_finish = ends && evidence.view().reported.empty();
  const bool is_finished = member_of(state, "finished", false) == true;
  if (must_finish && !is_finished)
    violations.emplace_back("every record of the window's last invocation succeeded, and it is not finished");
  if (!must_finish && is_finished)
    violations.emplace_back(ends ? "the window is finished although a record failed"
                                 : "the window is finished and goes on");
  return violations;
}

}  // namespace

constinit const Law window{
    .id = "window",
    .sentence =
        "Tumbling windows: the response always holds the state, which is the fold of exactly the records "
        "before the checkpoint, each once; the last invocation finishes the window.",
    .aws_page = "Using Lambda to process records from Amazon Kinesis Data Streams",
    .applies = window_applies,
    .violations = window_violations,
    .expected = "the state in the event, and each record before the checkpoint once",
};

}  // namespace batchproof::properties
