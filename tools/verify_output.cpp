#include "verify_output.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/properties/conformance.hpp>
#include <batchproof/properties/law.hpp>
#include <batchproof/properties/law_matrix.hpp>
#include <filesystem>
#include <utility>

#include "json_output.hpp"
#include "output.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "wording.hpp"
#include "wrapped_text.hpp"

namespace batchproof::tools {
namespace {

using fixtures::Source;
using properties::LawState;

Cell cell_of(const properties::LawCell& law) {
  if (law.state == LawState::not_applicable) return {fmt::format("{:>6}", "-"), Tone::faint};
  return {fmt::format("{:>6} {}", with_commas(law.cases), name(law.state)),
          law.state == LawState::held ? Tone::good : Tone::bad};
}

Cell result_of(const properties::Report& report) {
  if (report.passed()) return {"every law held", Tone::good};
  if (report.broken_law().empty()) return {"not proved", Tone::bad};
  return {fmt::format("{} violated", report.broken_law()), Tone::bad};
}

/// A subject may be the command line of a function.
std::string short_name(const std::string& subject) {
  constexpr std::size_t most = 40;
  return shorten_middle(printable(subject), most);
}

/// The library's processors are named only by their modes.
std::string who(const properties::NamedReport& finding) {
  const bool is_of_processors = finding.subject == "processors";
  return properties::name_of(is_of_processors ? "" : short_name(finding.subject), finding.mode);
}

std::string table_of_modes(const VerifyResult& verification, bool colour) {
  std::vector<Row> rows{{{"source"}, {"verified"}, {"result"}}};
  for (const properties::NamedReport& finding : verification.findings) {
    rows.push_back({{properties::joined_names(finding.sources)}, {who(finding)}, result_of(finding.report)});
  }
  return table(rows, colour);
}

std::string table_of_laws(const VerifyResult& verification, bool colour) {
  const auto matrix = properties::law_matrix(verification.findings);
  Row heading{{"subject"}, {"law"}};
  for (const Source source : matrix.sources) heading.push_back({std::string(fixtures::name(source))});
  std::vector<Row> rows{std::move(heading)};
  std::string last_subject;
  for (const properties::LawRow& law : matrix.rows) {
    Row row{{law.subject == last_subject ? "" : short_name(law.subject)}, {law.id}};
    for (const properties::LawCell& cell : law.cells) row.push_back(cell_of(cell));
    rows.push_back(std::move(row));
    last_subject = law.subject;
  }
  return table(rows, colour);
}

std::string verdict_of(const VerifyResult& verification, bool colour) {
  std::uint64_t cases = 0;
  for (const properties::NamedReport& finding : verification.findings)
    cases += static_cast<std::uint64_t>(finding.report.cases());
  const bool passed = verification.passed();
  const bool is_violated = std::any_of(
      verification.findings.begin(), verification.findings.end(),
      [](const properties::NamedReport& finding) { return !finding.report.broken_law().empty(); });
  const std::string_view result = passed ? "Every law held" : is_violated ? "Violated" : "Not proved";
  const std::string judged =  // a law can be violated before the first random batch
      cases == 0 ? "" : fmt::format(" on {} random {}", with_commas(cases), cases == 1 ? "batch" : "batches");
  return fmt::format("{}{} in {:.1f} s, seed {}{}\n", paint(result, passed ? Tone::good : Tone::bad, colour),
                     judged, verification.seconds, verification.seed,
                     verification.shard.is_whole() ? "" : ", shard " + to_text(verification.shard));
}

std::string notes_of(const properties::NamedReport& finding) {
  constexpr std::string_view of_another_shard = "shard ";  // it ends with a command, which may be copied
  std::string text;
  for (const std::string& note : finding.report.notes()) {
    const std::string line = fmt::format("{}: note: {}", who(finding), printable(note));
    text += (note.starts_with(of_another_shard) ? line : wrapped(line, 0)) + "\n\n";
  }
  return text;
}

}  // namespace

bool VerifyResult::passed() const { return properties::all_passed(findings); }

std::string text_of(const VerifyResult& verification, bool colour, Reader reader) {
  std::string text = table_of_modes(verification, colour) + "\n" + table_of_laws(verification, colour);
  text += fmt::format("\n  - does not apply; cannot be judged from outside: {}\n\n",
                      joined(properties::laws_seen_from_inside()));
  const auto first =
      std::find_if(verification.findings.begin(), verification.findings.end(),
                   [](const properties::NamedReport& finding) { return !finding.report.passed(); });
  for (const properties::NamedReport& finding : verification.findings) {
    if (finding.report.passed()) text += notes_of(finding);  // otherwise a violation is what matters
  }
  if (first != verification.findings.end()) {
    text += fmt::format("{}\n{}\n", paint(who(*first), Tone::bad, colour),
                        wrapped_report(first->report.text(), reader));
    if (!first->report.broken_law().empty()) text += notes_of(*first);  // otherwise its text has them
  }
  return text + verdict_of(verification, colour);
}

std::string json_of(const VerifyResult& verification) {
  nlohmann::ordered_json json =
      fixtures::parse_ordered_json(properties::conformance_json(verification.findings));
  json["seconds"] = verification.seconds;
  return to_text(json);
}

void write_report(const std::string& folder, const VerifyResult& verification, bool says_where) {
  if (folder.empty()) return;
  properties::write_conformance(folder, verification.findings);
  const std::filesystem::path page = std::filesystem::path(folder) / "conformance.html";
  if (says_where) print(fmt::format("Report: {}\n", printable(page.string())));
}

}  // namespace batchproof::tools
