// Writes findings as SARIF, which code hosts show beside the lines.

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/version.hpp>

#include "json_output.hpp"
#include "lint_output.hpp"

namespace batchproof::tools {
namespace {

using lint::Finding;
using lint::LintedFile;
using lint::Note;
using lint::Place;
using nlohmann::ordered_json;

ordered_json message(std::string_view text) { return {{"text", text}}; }

/// A path as a URI reference (RFC 3986).
std::string uri_of(const std::string& path) {
  constexpr std::string_view unreserved = "-._~/";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char character : path) {
    const bool is_plain = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
                          (character >= '0' && character <= '9') ||
                          unreserved.find(character) != std::string_view::npos;
    uri +=
        is_plain ? std::string(1, character) : fmt::format("%{:02X}", static_cast<unsigned char>(character));
  }
  return uri;
}

ordered_json sarif_locations(const std::string& path, Place place) {
  ordered_json physical{{"artifactLocation", {{"uri", uri_of(path)}}}};
  if (place.line > 0) physical["region"] = {{"startLine", place.line}, {"startColumn", place.column}};
  auto locations = ordered_json::array();
  locations.push_back({{"physicalLocation", std::move(physical)}});
  return locations;
}

ordered_json sarif_rules() {
  auto list = ordered_json::array();
  for (const lint::Rule* const rule : lint::rules()) {
    list.push_back({{"id", rule->id},
                    {"shortDescription", message(rule->sentence)},
                    {"fullDescription", message(fmt::format("Otherwise {}.", rule->why))},
                    {"help", message(fmt::format("AWS page: {}", rule->aws_page))},
                    {"defaultConfiguration", {{"level", name_of(rule->severity)}}}});
  }
  return list;
}

ordered_json sarif_result(const std::string& path, const Finding& finding) {
  const auto rules = lint::rules();
  const auto index = std::find(rules.begin(), rules.end(), finding.rule) - rules.begin();
  ordered_json result{{"ruleId", finding.rule->id},
                      {"ruleIndex", index},
                      {"level", name_of(finding.severity)},
                      {"message", message(fmt::format("{}. Otherwise {}. Write {}", finding.violation.what,
                                                      finding.rule->why, finding.violation.instead))},
                      {"locations", sarif_locations(path, finding.violation.place)}};
  if (!finding.ignored_because.empty())
    result["suppressions"].push_back({{"kind", "inSource"}, {"justification", finding.ignored_because}});
  return result;
}

ordered_json sarif_notification(const std::string& path, Place place, const char* level,
                                std::string_view text) {
  return {{"level", level}, {"message", message(text)}, {"locations", sarif_locations(path, place)}};
}

}  // namespace

std::string sarif_of(const LintRun& run) {
  auto results = ordered_json::array();
  auto notifications = ordered_json::array();
  for (const LintedFile& file : run.files) {
    for (const Finding& finding : file.linted.findings) results.push_back(sarif_result(file.path, finding));
    for (const Finding& finding : file.linted.ignored) results.push_back(sarif_result(file.path, finding));
    for (const Note& note : file.linted.notes)
      notifications.push_back(sarif_notification(file.path, note.place, "note", note.text));
  }
  for (const RefusedFile& file : run.refused)
    notifications.push_back(sarif_notification(file.path, {}, "error", file.why));

  auto invocations = ordered_json::array();
  invocations.push_back({{"executionSuccessful", run.refused.empty()},
                         {"toolExecutionNotifications", std::move(notifications)}});
  auto runs = ordered_json::array();
  runs.push_back(
      {{"tool",
        {{"driver", {{"name", "batchproof"}, {"version", BATCHPROOF_VERSION}, {"rules", sarif_rules()}}}}},
       {"invocations", std::move(invocations)},
       {"columnKind", "unicodeCodePoints"},
       {"results", std::move(results)}});
  return to_text({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                  {"version", "2.1.0"},
                  {"runs", std::move(runs)}});
}

}  // namespace batchproof::tools
