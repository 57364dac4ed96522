#include "fresh_messages.hpp"

#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/evidence.hpp>
#include <batchproof/properties/regressions.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "../report/json_of_run.hpp"

namespace batchproof::properties {

using nlohmann::ordered_json;

namespace {

constexpr std::string_view step_runs = "step ";    // STEP
constexpr std::string_view part_begins = "part ";  // STEP PARTS MILLISECONDS

ordered_json json_of(const TurnOrder& schedule) {
  return {{"seed", schedule.seed},
          {"choices", schedule.choices ? ordered_json(*schedule.choices) : ordered_json(nullptr)}};
}

TurnOrder schedule_in(const ordered_json& json) {
  TurnOrder schedule{.seed = json.at("seed").get<std::uint64_t>()};
  if (!json.at("choices").is_null()) schedule.choices = json["choices"].get<std::vector<std::size_t>>();
  return schedule;
}

ordered_json json_of(const Timeline& timeline) {
  ordered_json json{{"choices", timeline.choices},
                    {"is_stuck", timeline.is_stuck},
                    {"leaves_work", timeline.leaves_work},
                    {"steps", ordered_json::array()}};
  for (const HandlerStep& step : timeline.steps)
    json["steps"].push_back({{"call", step.call}, {"ends", step.ends}});
  return json;
}

Timeline timeline_in(const ordered_json& json) {
  Timeline timeline{.choices = json.at("choices").get<std::vector<std::size_t>>(),
                    .is_stuck = json.at("is_stuck"),
                    .leaves_work = json.at("leaves_work")};
  for (const ordered_json& step : json.at("steps"))
    timeline.steps.push_back({step.at("call").get<std::size_t>(), step.at("ends").get<bool>()});
  return timeline;
}

/// The timelines of a run and of those that it is compared with.
void add_timelines(ordered_json& json, const Observation& run) {
  if (run.timeline) json["timeline"] = json_of(*run.timeline);
  for (std::size_t further = 0; further < run.further_runs.size(); ++further)
    add_timelines(json["further_runs"][further], run.further_runs[further]);
}

void read_timelines(const ordered_json& json, Observation& run) {
  if (json.contains("timeline")) run.timeline = timeline_in(json["timeline"]);
  for (std::size_t further = 0; further < run.further_runs.size(); ++further)
    read_timelines(json.at("further_runs").at(further), run.further_runs[further]);
}

/// What comes after a word that the text must begin with.
std::optional<std::istringstream> behind(std::string_view word, std::string_view text) {
  if (!text.starts_with(word)) return std::nullopt;
  return std::istringstream(std::string(text.substr(word.size())));
}

}  // namespace

std::string question_about(const Finding& finding) {
  SavedCase saved{.law = std::string(finding.law->id),
                  .mode = finding.subject->mode,
                  .claims = finding.subject->claims,
                  .batch_case = finding.shown_by.batch,
                  .damaged = finding.shown_by.is_damaged};
  for (const EarlierCase& earlier : finding.earlier) saved.earlier.push_back(earlier_batch_of(earlier));
  auto json = fixtures::parse_ordered_json(describe_regression(saved));
  for (const EarlierCase& earlier : finding.earlier)
    json["schedules"].push_back(json_of(earlier.shown.schedule));
  json["schedules"].push_back(json_of(finding.shown_by.schedule));
  for (const fixtures::CaseRecord& record : finding.shown_by.batch.records)
    json["learned"].push_back(record.rejected);
  return fixtures::to_valid_text(json);
}

void add_what_is_not_saved(const std::string& question, Finding& finding) {
  const auto json = fixtures::parse_ordered_json(question);
  const auto& schedules = json.at("schedules");
  for (std::size_t index = 0; index < finding.earlier.size(); ++index)
    finding.earlier[index].shown.schedule = schedule_in(schedules.at(index));
  finding.shown_by.schedule = schedule_in(schedules.back());
  auto& records = finding.shown_by.batch.records;
  for (std::size_t index = 0; index < records.size(); ++index)
    if (records[index].verdict_unknown) records[index].rejected = json.at("learned").at(index).get<bool>();
}

std::string answer_of(const Observation& run) {
  ordered_json json = json_of_run(run);
  json["violations"] = ordered_json::array();
  return fixtures::to_valid_text(json);
}

std::string answer_of(const Finding& finding, const std::string& payload) {
  ordered_json json = json_of_run(finding.run);
  json["violations"] = finding.violations;
  add_timelines(json, finding.run);
  // The subject may get more than the case holds, such as the fields that the user adds to each record.
  if (!finding.run.payload.empty() && finding.run.payload != payload) json["event"] = finding.run.payload;
  return fixtures::to_valid_text(json);
}

FreshAnswer answer_in(const std::string& text, const Finding& finding) {
  const auto json = fixtures::parse_ordered_json(text);
  FreshAnswer answer{.run = run_in(json, json.value("event", finding.shown_by.payload)),
                     .violations = json["violations"].get<std::vector<std::string>>()};
  read_timelines(json, answer.run);
  if (answer.run.process_end && finding.law->experiment == Experiment::in_child) {
    const Evidence evidence(finding.shown_by.batch, finding.subject->claims, answer.run);
    answer.violations = finding.law->violations(evidence);
  }
  return answer;
}

std::string text_of_step(std::size_t step) { return std::string(step_runs) + std::to_string(step); }

std::optional<std::size_t> step_in(std::string_view text) {
  auto words = behind(step_runs, text);
  if (!words) return std::nullopt;
  std::size_t step = 0;
  *words >> step;
  return step;
}

std::string text_of(const StagePart& part) {
  std::ostringstream text;
  text << part_begins << part.step << ' ' << part.parts << ' ' << part.limit.count();
  return text.str();
}

std::optional<StagePart> part_in(std::string_view text) {
  auto words = behind(part_begins, text);
  if (!words) return std::nullopt;
  StagePart part;
  std::int64_t milliseconds = 0;
  *words >> part.step >> part.parts >> milliseconds;
  part.limit = std::chrono::milliseconds(milliseconds);
  return part;
}

std::string text_of_end(const std::optional<ChildEnd>& end) {
  if (!end) return "{}";
  return fixtures::to_valid_text(ordered_json{{"step", end->step}, {"parts", end->parts}, {"how", end->how}});
}

std::optional<ChildEnd> end_in(const std::string& text) {
  const auto json = fixtures::parse_ordered_json(text);
  if (json.empty()) return std::nullopt;
  return ChildEnd{json["step"].get<std::size_t>(), json["parts"].get<std::size_t>(),
                  json["how"].get<std::string>()};
}

}  // namespace batchproof::properties
