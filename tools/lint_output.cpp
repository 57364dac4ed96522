#include "lint_output.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "json_output.hpp"
#include "table.hpp"
#include "wording.hpp"
#include "wrapped_text.hpp"

namespace batchproof::tools {
namespace {

using lint::Finding;
using lint::LintedFile;
using lint::Note;
using lint::Place;
using lint::Severity;

Tone tone_of(Severity severity) { return severity == Severity::error ? Tone::bad : Tone::caution; }

std::string place_text(const std::string& path, Place place) {
  return place.line == 0 ? path : fmt::format("{}:{}:{}", path, place.line, place.column);
}

std::string_view page_of(const Finding& finding) {
  return finding.violation.aws_page.empty() ? finding.rule->aws_page : finding.violation.aws_page;
}

std::string text_of_finding(const std::string& path, const Finding& finding, bool colour) {
  constexpr std::size_t indent = 12;
  const lint::Rule& rule = *finding.rule;
  std::string text =
      fmt::format("{}: {} {}\n", printable(place_text(path, finding.violation.place)),
                  paint(name_of(finding.severity), tone_of(finding.severity), colour), rule.id);
  text += fmt::format("  what      {}\n", wrapped(printable(finding.violation.what), indent));
  text += fmt::format("  why       {}\n", wrapped(rule.why, indent));
  text += fmt::format("  instead   {}\n", wrapped(printable(finding.violation.instead), indent));
  return text +
         fmt::format("  AWS page  {}\n", paint(wrapped(page_of(finding), indent), Tone::faint, colour));
}

std::string text_of_note(const std::string& path, const Note& note, bool colour) {
  return fmt::format("{}: {}\n  {}\n", printable(place_text(path, note.place)),
                     paint("note", Tone::faint, colour), wrapped(printable(note.text), 2));
}

std::size_t count_findings(const LintRun& run, Severity severity) {
  std::size_t count = 0;
  for (const LintedFile& file : run.files) {
    count += static_cast<std::size_t>(
        std::count_if(file.linted.findings.begin(), file.linted.findings.end(),
                      [=](const Finding& finding) { return finding.severity == severity; }));
  }
  return count;
}

std::string verdict_of(const LintRun& run, bool colour) {
  std::size_t sources = 0;
  std::size_t notes = 0;
  std::size_t ignored = 0;
  for (const LintedFile& file : run.files) {
    sources += file.linted.sources.size();
    notes += file.linted.notes.size();
    ignored += file.linted.ignored.size();
  }
  const std::size_t errors = count_findings(run, Severity::error);
  const std::size_t warnings = count_findings(run, Severity::warning);
  std::string found = errors + warnings == 0 ? paint("nothing found", Tone::good, colour) : "";
  if (errors > 0) found = paint(counted(errors, "error"), Tone::bad, colour);
  if (warnings > 0) {
    found += errors > 0 ? ", " : "";
    found += paint(counted(warnings, "warning"), Tone::caution, colour);
  }
  std::string verdict = fmt::format("{} in {}, {}", found, counted(sources, "event source"),
                                    counted(run.files.size(), "template"));
  if (ignored > 0) verdict += fmt::format("; {} ignored", counted(ignored, "finding"));
  if (notes > 0) verdict += fmt::format("; {}: not everything was checked", counted(notes, "note"));
  return wrapped(verdict, 0) + "\n";
}

using nlohmann::ordered_json;

ordered_json json_of_finding(const Finding& finding) {
  const lint::Rule& rule = *finding.rule;
  ordered_json json{{"rule", rule.id},
                    {"severity", name_of(finding.severity)},
                    {"line", finding.violation.place.line},
                    {"column", finding.violation.place.column},
                    {"what", finding.violation.what},
                    {"why", rule.why},
                    {"instead", finding.violation.instead},
                    {"aws_page", page_of(finding)}};
  if (!finding.ignored_because.empty()) json["ignored_because"] = finding.ignored_because;
  return json;
}

ordered_json json_of_findings(const std::vector<Finding>& findings) {
  auto list = ordered_json::array();
  for (const Finding& finding : findings) list.push_back(json_of_finding(finding));
  return list;
}

ordered_json json_of_file(const LintedFile& file) {
  auto sources = ordered_json::array();
  auto notes = ordered_json::array();
  for (const lint::EventSource& source : file.linted.sources) {
    sources.push_back({{"name", source.name}, {"source", name_of(source.kind)}, {"line", source.place.line}});
  }
  for (const Note& note : file.linted.notes) {
    notes.push_back({{"line", note.place.line}, {"column", note.place.column}, {"text", note.text}});
  }
  return {{"path", file.path},
          {"event_sources", std::move(sources)},
          {"findings", json_of_findings(file.linted.findings)},
          {"ignored", json_of_findings(file.linted.ignored)},
          {"notes", std::move(notes)}};
}

ordered_json json_of_rule(const lint::Rule& rule) {
  return {{"rule", rule.id},
          {"severity", name_of(rule.severity)},
          {"sentence", rule.sentence},
          {"why", rule.why},
          {"aws_page", rule.aws_page}};
}

}  // namespace

bool LintRun::passed() const {
  return refused.empty() && std::all_of(files.begin(), files.end(), [this](const LintedFile& file) {
           return file.linted.findings.empty() && (!strict || file.linted.notes.empty());
         });
}

std::string text_of(const LintRun& run, bool colour) {
  std::string text;
  for (const LintedFile& file : run.files) {
    for (const Finding& finding : file.linted.findings) {
      text += text_of_finding(file.path, finding, colour);
      text += '\n';
    }
    for (const Note& note : file.linted.notes) text += text_of_note(file.path, note, colour);
    if (!file.linted.notes.empty()) text += '\n';
  }
  return text + verdict_of(run, colour);
}

std::string json_of(const LintRun& run) {
  auto files = ordered_json::array();
  auto refused = ordered_json::array();
  for (const LintedFile& file : run.files) files.push_back(json_of_file(file));
  for (const RefusedFile& file : run.refused) refused.push_back({{"path", file.path}, {"why", file.why}});
  ordered_json json = begin_json_output();
  json["passed"] = run.passed();
  json["files"] = std::move(files);
  json["refused"] = std::move(refused);
  return to_text(json);
}

std::string text_of_rules(bool colour) {
  std::string text;
  for (const lint::Rule* const rule : lint::rules()) {
    text += fmt::format("{} {}\n", paint(name_of(rule->severity), tone_of(rule->severity), colour), rule->id);
    text += fmt::format("  {}\n  {}\n  {}\n\n", wrapped(rule->sentence, 2),
                        wrapped(fmt::format("Otherwise {}.", rule->why), 2),
                        paint(wrapped(rule->aws_page, 2), Tone::faint, colour));
  }
  return text + fmt::format("{}\n", counted(lint::rules().size(), "rule"));
}

std::string json_of_rules() {
  auto list = ordered_json::array();
  for (const lint::Rule* const rule : lint::rules()) list.push_back(json_of_rule(*rule));
  ordered_json json = begin_json_output();
  json["rules"] = std::move(list);
  return to_text(json);
}

}  // namespace batchproof::tools
