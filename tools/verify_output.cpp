#include "verify_output.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/properties/law.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "table.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;
using properties::LawResult;
using properties::LawState;

bool is_about(const Finding& finding, Source source) {
  return std::find(finding.sources.begin(), finding.sources.end(), source) != finding.sources.end();
}

/// How a state counts beside those of other modes: the most alarming one is shown.
int alarm_of(LawState state) {
  switch (state) {
    case LawState::not_applicable:
      return 0;
    case LawState::held:
      return 1;
    case LawState::no_cases:
      return 2;
    case LawState::gave_up:
      return 3;
    case LawState::flaky:
      return 4;
    case LawState::broken:
      return 5;
  }
  return 5;
}

/// One law for one source, over all modes of a subject.
Cell cell_of(const Verification& verification, const std::string& subject, const std::string& law,
             Source source) {
  LawResult sum{law, LawState::not_applicable, 0};
  for (const Finding& finding : verification.findings) {
    if (finding.subject != subject || !is_about(finding, source)) continue;
    for (const LawResult& result : finding.report.laws()) {
      if (result.id != law) continue;
      sum.cases += result.cases;
      if (alarm_of(result.state) > alarm_of(sum.state)) sum.state = result.state;
    }
  }
  if (sum.state == LawState::not_applicable) return {fmt::format("{:>6}", "-"), Tone::faint};
  return {fmt::format("{:>6} {}", with_commas(sum.cases), name(sum.state)),
          sum.state == LawState::held ? Tone::good : Tone::bad};
}

/// Each law of each subject, once, in the order in which they were judged.
std::vector<std::pair<std::string, std::string>> laws_of(const Verification& verification) {
  std::vector<std::pair<std::string, std::string>> laws;
  for (const Finding& finding : verification.findings) {
    for (const LawResult& result : finding.report.laws()) {
      const std::pair law(finding.subject, result.id);
      if (std::find(laws.begin(), laws.end(), law) == laws.end()) laws.push_back(law);
    }
  }
  return laws;
}

std::string joined_names(const std::vector<Source>& sources) {
  std::string text;
  for (const Source source : sources)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", fixtures::name(source));
  return text;
}

Cell result_of(const properties::Report& report) {
  if (report.passed()) return {"every law held", Tone::good};
  if (report.broken_law().empty()) return {"not proved", Tone::bad};
  return {fmt::format("{} broken", report.broken_law()), Tone::bad};
}

/// The library's processors are known by their mode alone.
std::string who(const Finding& finding) {
  if (finding.subject == "processors") return finding.mode;
  return finding.mode.empty() ? finding.subject : fmt::format("{}, {}", finding.subject, finding.mode);
}

std::string table_of_modes(const Verification& verification, bool colour) {
  std::vector<Row> rows{{{"source"}, {"verified"}, {"result"}}};
  for (const Finding& finding : verification.findings) {
    rows.push_back({{joined_names(finding.sources)}, {who(finding)}, result_of(finding.report)});
  }
  return table(rows, colour);
}

std::string table_of_laws(const Verification& verification, bool colour) {
  Row heading{{"subject"}, {"law"}};
  for (const Source source : verification.sources) heading.push_back({std::string(fixtures::name(source))});
  std::vector<Row> rows{std::move(heading)};
  std::string last_subject;
  for (const auto& [subject, law] : laws_of(verification)) {
    Row row{{subject == last_subject ? "" : subject}, {law}};
    for (const Source source : verification.sources)
      row.push_back(cell_of(verification, subject, law, source));
    rows.push_back(std::move(row));
    last_subject = subject;
  }
  return table(rows, colour);
}

std::string unseen_laws() {
  std::string text;
  for (const std::string_view id : properties::laws_seen_from_inside()) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", id);
  }
  return text;
}

std::string verdict_of(const Verification& verification, bool colour) {
  std::int64_t cases = 0;
  for (const Finding& finding : verification.findings) cases += finding.report.cases();
  const bool passed = verification.passed();
  return fmt::format("{} on {} random {} in {:.1f} s, seed {}\n",
                     paint(passed ? "Every law held" : "Not proved", passed ? Tone::good : Tone::bad, colour),
                     with_commas(cases), cases == 1 ? "batch" : "batches", verification.seconds,
                     verification.seed);
}

}  // namespace

bool Verification::passed() const {
  return !findings.empty() && std::all_of(findings.begin(), findings.end(),
                                          [](const Finding& finding) { return finding.report.passed(); });
}

std::string text_of(const Verification& verification, bool colour) {
  std::string text = table_of_modes(verification, colour) + "\n" + table_of_laws(verification, colour);
  text += fmt::format("\n  - does not apply; cannot be seen from outside: {}\n\n", unseen_laws());
  const auto first = std::find_if(verification.findings.begin(), verification.findings.end(),
                                  [](const Finding& finding) { return !finding.report.passed(); });
  if (first != verification.findings.end()) {
    text += fmt::format("{}\n{}\n\n", paint(who(*first), Tone::bad, colour), first->report.text());
  }
  return text + verdict_of(verification, colour);
}

std::string json_of(const Verification& verification) {
  using nlohmann::ordered_json;
  auto runs = ordered_json::array();
  for (const Finding& finding : verification.findings) {
    auto sources = ordered_json::array();
    for (const Source source : finding.sources) sources.push_back(fixtures::name(source));
    runs.push_back({{"subject", finding.subject},
                    {"mode", finding.mode},
                    {"sources", std::move(sources)},
                    {"report", ordered_json::parse(to_json(finding.report))}});
  }
  const ordered_json json{{"passed", verification.passed()},
                          {"seed", verification.seed},
                          {"seconds", verification.seconds},
                          {"runs", std::move(runs)}};
  return json.dump(2) + "\n";
}

std::string with_commas(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t left = digits.size(); left > 3; left -= 3) digits.insert(left - 3, ",");
  return digits;
}

}  // namespace batchproof::tools
