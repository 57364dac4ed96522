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
  return describe_regression(saved);
}

std::string answer_of(const Observation& run) {
  ordered_json json = json_of_run(run);
  json["violations"] = ordered_json::array();
  return fixtures::to_valid_text(json);
}

std::string answer_of(const Finding& finding, const std::string& payload) {
  ordered_json json = json_of_run(finding.run);
  json["violations"] = finding.violations;
  // The subject may get more than the case holds, such as the fields that the user adds to each record.
  if (!finding.run.payload.empty() && finding.run.payload != payload) json["event"] = finding.run.payload;
  return fixtures::to_valid_text(json);
}

FreshAnswer answer_in(const std::string& text, const Finding& finding) {
  const auto json = fixtures::parse_ordered_json(text);
  FreshAnswer answer{.run = run_in(json, json.value("event", finding.shown_by.payload)),
                     .violations = json["violations"].get<std::vector<std::string>>()};
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
