#include "json_of_run.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace batchproof::properties {
namespace {

using nlohmann::ordered_json;

std::optional<std::string> text_or_nothing(const ordered_json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<std::string>());
}

}  // namespace

ordered_json json_of_calls(const Observation& observation) {
  if (observation.calls_are_assumed) return nullptr;
  auto calls = ordered_json::array();
  for (const auto& call : observation.calls) {
    ordered_json row{{"item_identifier", call.item_identifier}, {"threw", call.threw}};
    if (!call.error.empty()) row["error"] = call.error;
    calls.push_back(std::move(row));
  }
  return calls;
}

void add_answer(ordered_json& json, const Observation& run) {
  json["response"] = run.response ? ordered_json(*run.response) : ordered_json(nullptr);
  json["error"] = run.error;
  json["process_end"] = run.process_end ? ordered_json(*run.process_end) : ordered_json(nullptr);
  if (!run.note.empty()) json["note"] = run.note;
  if (!run.wrong_state.value_or("").empty()) json["wrong_state"] = *run.wrong_state;
  if (run.time_limit) json["time_limit_ms"] = run.time_limit->count();
  if (run.left_out) json["left_out"] = *run.left_out;
  if (run.alone) json["alone"] = *run.alone;
  if (run.redelivered) json["redelivered"] = true;
  if (run.first_records) json["first_records"] = *run.first_records;
}

ordered_json json_of_run(const Observation& run) {
  ordered_json json{{"calls", json_of_calls(run)}};
  add_answer(json, run);
  for (const Observation& further : run.further_runs) json["further_runs"].push_back(json_of_run(further));
  return json;
}

Observation run_in(const ordered_json& json, std::string payload) {
  Observation run{.calls = {}, .response = text_or_nothing(json.at("response")), .error = json.at("error")};
  run.payload = std::move(payload);
  run.process_end = text_or_nothing(json.at("process_end"));
  run.note = json.value("note", "");
  if (json.contains("wrong_state")) run.wrong_state = json["wrong_state"].get<std::string>();
  if (json.contains("time_limit_ms")) run.time_limit = std::chrono::milliseconds(json["time_limit_ms"]);
  if (json.contains("left_out")) run.left_out = json["left_out"].get<std::size_t>();
  if (json.contains("alone")) run.alone = json["alone"].get<std::size_t>();
  run.redelivered = json.value("redelivered", false);
  if (json.contains("first_records")) run.first_records = json["first_records"].get<std::size_t>();
  if (json.contains("further_runs"))
    for (const ordered_json& further : json["further_runs"]) run.further_runs.push_back(run_in(further, ""));
  run.calls_are_assumed = json.at("calls").is_null();
  for (const auto& call : json.at("calls")) {
    run.calls.push_back({.item_identifier = call.at("item_identifier"), .fields = std::nullopt});
    run.calls.back().threw = call.at("threw");
    run.calls.back().error = call.value("error", "");
  }
  return run;
}

}  // namespace batchproof::properties
