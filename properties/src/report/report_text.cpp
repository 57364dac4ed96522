#include <algorithm>
#include <batchproof/detail/utf8.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/fixtures/printable.hpp>
#include <batchproof/fixtures/wording.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/ordering_keys.hpp>
#include <batchproof/properties/report.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "../evidence/text.hpp"
#include "counterexample_words.hpp"

namespace batchproof::properties {
namespace {

using fixtures::counted;
using fixtures::with_commas;

/// The beginning of a text that is too long for a line or two, cut between words, with its length.
std::string cut_at_word(const std::string& text, std::size_t most = 400) {
  if (text.size() <= most) return text;
  const auto blank = text.find_last_of(" ,", most);
  const bool has_word = blank != std::string::npos && blank >= most / 2;
  const std::string_view begin = detail::whole_characters(text, has_word ? blank : most);
  return std::string(begin) + " ... (" + std::to_string(text.size()) + " bytes)";
}

/// An event for people: the first lines of a long one, with its length. The saved case and the JSON of the
/// report hold all of it.
std::string shown_event(const std::string& payload, bool is_damaged) {
  constexpr std::size_t most = 8'000;
  std::string text = is_damaged ? quote_bytes(payload) : readable_json(payload);
  if (text.size() <= most) return text;
  const auto line = text.find_last_of('\n', most);
  const bool has_line = line != std::string::npos && line >= most / 2;
  text.resize(detail::whole_characters(text, has_line ? line : most).size());
  return text + "\n... (" + std::to_string(payload.size()) + " bytes)";
}

/// The text unquoted when it prints as one word, else in quotes. The middle of a long one is left out, since
/// numbers differ at their ends.
std::string cell(const std::string& text, std::size_t widest = 40) {
  const bool is_word = prints(text) && !text.empty() && text.find(' ') == std::string::npos;
  std::string shown = is_word ? text : quote_bytes(text);
  if (shown.size() <= widest) return shown;
  return shown.substr(0, widest / 2 - 3) + "..." + shown.substr(shown.size() - widest / 2);
}

/// Columns of equal width.
std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], row[column].size());
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line = " ";
    for (std::size_t column = 0; column < row.size(); ++column) {
      line += " " + row[column] + std::string(widths[column] - row[column].size() + 1, ' ');
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

constexpr std::size_t many_records = 40;

/// The pattern, or of a large batch its stretches: "256 o, 1 x".
std::string shown_pattern(const fixtures::BatchCase& batch_case) {
  std::string pattern = batch_case.pattern();
  if (pattern.empty()) return "(no records)";
  if (pattern.size() <= many_records) return pattern;
  constexpr std::size_t most_stretches = 12;
  std::string text;
  std::size_t begin = 0;
  for (std::size_t stretch = 0; begin < pattern.size() && stretch < most_stretches; ++stretch) {
    const std::size_t end = std::min(pattern.find_first_not_of(pattern[begin], begin), pattern.size());
    text += (begin == 0 ? "" : ", ") + std::to_string(end - begin) + " " + pattern[begin];
    begin = end;
  }
  return begin == pattern.size() ? text : text + ", and " + std::to_string(pattern.size() - begin) + " more";
}

using Rows = std::vector<std::vector<std::string>>;

/// The rows of a large batch without the middle of each stretch of rows that end alike.
Rows without_repetitions(Rows rows) {
  if (rows.size() <= many_records) return rows;
  const auto verdict = std::find(rows.front().begin(), rows.front().end(), "verdict");
  const std::ptrdiff_t cells = rows.front().end() - verdict;  // the verdict, and what became of the record
  const auto ends_alike = [&](const auto& left, const auto& right) {
    return std::equal(left.end() - cells, left.end(), right.end() - cells);
  };
  Rows shown;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    while (end < rows.size() && ends_alike(rows[end], rows[begin])) ++end;
    shown.push_back(rows[begin]);
    if (end - begin > 3) shown.push_back({"...", std::to_string(end - begin - 2) + " like these"});
    if (end - begin == 3) shown.push_back(rows[begin + 1]);
    if (end - begin > 1) shown.push_back(rows[end - 1]);
    begin = end;
  }
  if (shown.size() <= 2 * many_records) return shown;
  const std::size_t left_out = shown.size() - 2 * many_records;
  const auto middle = shown.begin() + many_records;
  shown.erase(middle, middle + static_cast<std::ptrdiff_t>(left_out));
  shown.insert(shown.begin() + many_records, {"...", std::to_string(left_out) + " rows"});
  return shown;
}

std::string records_table(const Counterexample& found) {
  const auto& records = found.batch_case.records;
  const Evidence evidence(found.batch_case, found.claims, found.observation);
  const bool groups =
      std::any_of(records.begin(), records.end(), [](const auto& record) { return record.message_group_id; });
  Rows rows{{"#", "identifier"}};
  if (groups) rows.front().push_back("group");
  const std::size_t widest = groups ? 20 : 40;  // for a table of 80 columns
  const bool shows_calls = !found.observation.calls_are_assumed;
  rows.front().push_back("verdict");
  if (shows_calls) rows.front().push_back("handled");
  rows.front().push_back("reported");
  for (std::size_t index = 0; index < records.size(); ++index) {
    rows.push_back({std::to_string(index), cell(records[index].item_identifier, widest)});
    if (groups) {
      const auto& group = records[index].message_group_id;
      rows.back().push_back(group ? cell(*group, widest) : "-");
    }
    rows.back().emplace_back(verdict_in_words(records[index]));
    const bool has_ended = found.observation.process_end.has_value();  // nobody knows how far it came
    const std::size_t calls = evidence.handled().calls_of_record[index];
    const std::string handled = calls == 0 ? "no" : calls == 1 ? "yes" : counted(calls, "time");
    const bool is_reported = evidence.view().reports(records[index].item_identifier);
    if (shows_calls) rows.back().push_back(has_ended ? "?" : handled);
    rows.back().push_back(has_ended ? "?" : is_reported ? "yes" : "no");
  }
  return records.empty() ? "" : table(without_repetitions(std::move(rows))) + "\n";
}

/// When the handler of each record ran: `(` it starts, `-` it runs, `)` it ended well, `x` it threw.
std::vector<std::string> timelines(const Counterexample& found) {
  const auto& records = found.batch_case.records;
  std::vector<std::string> timelines(records.size());
  std::vector<bool> running(records.size());
  for (const HandlerStep& step : found.observation.timeline->steps) {
    const auto& call = found.observation.calls[step.call];
    const char mark = !step.ends ? '(' : call.threw ? 'x' : ')';
    for (std::size_t index = 0; index < records.size(); ++index) {
      const bool is_its_own = records[index].item_identifier == call.item_identifier;
      if (is_its_own) running[index] = !step.ends;
      timelines[index] += is_its_own ? mark : running[index] ? '-' : ' ';
    }
  }
  return timelines;
}

/// The timelines of handlers that took turns, as a table.
std::string timeline_table(const Counterexample& found) {
  const auto keys = ordering_keys(found.batch_case, found.claims);
  const auto timeline_of = timelines(found);
  std::vector<std::vector<std::string>> rows{{"#", "identifier", "timeline", ""}};
  for (std::size_t index = 0; index < timeline_of.size(); ++index) {
    const auto twin = std::find(keys.begin(), keys.end(), keys[index]) - keys.begin();
    std::string order;
    if (keys[index] && static_cast<std::size_t>(twin) < index)
      order = "in order with " + std::to_string(twin);
    if (!keys[index]) order = "runs alone";
    rows.push_back({std::to_string(index), cell(found.batch_case.records[index].item_identifier),
                    timeline_of[index], std::move(order)});
  }
  return timeline_of.empty() ? "" : table(rows) + "\n";
}

std::string schedule_in_words(const std::vector<std::size_t>& choices) {
  constexpr std::size_t most_shown = 32;  // a run that is stuck makes thousands; JSON has them all
  std::string text;
  for (std::size_t index = 0; index < std::min(choices.size(), most_shown); ++index)
    text += (text.empty() ? "" : " ") + std::to_string(choices[index]);
  if (choices.size() > most_shown) text += ", and " + std::to_string(choices.size() - most_shown) + " more";
  return text.empty() ? "always the one that waited longest" : text;
}

/// A heading as wide as "expected  ".
std::string heading_of(const ComparedRun& compared) {
  constexpr std::size_t width = 10;
  const std::size_t blanks = compared.label.size() < width ? width - compared.label.size() : 1;
  return compared.label + std::string(blanks, ' ');
}

/// What must have happened before the violation: nothing at all, or the batches without the last one.
std::string state_before(const Counterexample& found) {
  if (found.needs_cold_start) return "state\n" + std::string(words_on_cold_start) + "\n\n";
  if (found.earlier.empty()) return "";
  std::string text =
      "state\n"
      "an earlier batch left a state behind: alone, the event below violates nothing.\n" +
      std::string(words_on_kept_state(found)) + "\n\n";
  constexpr std::size_t most_shown = 10;  // nobody reads hundreds; JSON has them all
  const std::size_t shown = std::min(found.earlier.size(), most_shown);
  for (std::size_t index = 0; index < shown; ++index) {
    const EarlierBatch& earlier = found.earlier[index];
    text += "earlier batch " + std::to_string(index + 1) + " of " + std::to_string(found.earlier.size());
    text += ", pattern " + shown_pattern(earlier.batch_case);
    if (!earlier.mode.empty()) text += ", " + earlier.mode;
    text += "\n" + shown_event(earlier.payload, earlier.damaged) + "\n\n";
  }
  if (shown < found.earlier.size())
    text += "and " + std::to_string(found.earlier.size() - shown) + " more earlier batches\n\n";
  return text;
}

std::string list_of_laws(const std::vector<LawResult>& laws) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(laws.size());
  for (const LawResult& law : laws) {
    std::string state(name(law.state));
    if (!law.reason.empty()) state += " (" + law.reason + ")";
    rows.push_back({law.id, std::move(state), law.cases == 0 ? "" : counted(law.cases, "case")});
  }
  return rows.empty() ? "" : table(rows);
}

/// "3 saved cases, 9,100 of 52,705 small cases and 1000 random cases"
std::string judged_cases(const Report& report) {
  std::string text;
  if (report.saved_cases() > 0) text += counted(report.saved_cases(), "saved case") + ", ";
  if (report.small_cases() > 0) {
    const bool all = report.small_cases() == report.small_cases_in_all();
    text += all ? "all " : with_commas(report.small_cases()) + " of ";
    text += with_commas(report.small_cases_in_all()) + " small cases and ";
  }
  return text + counted(report.cases(), "random case");
}

/// "\n  not judged (hostile input off): unreportable, total"
std::string laws_not_judged(const Report& report) {
  std::map<std::string, std::string> ids_by_reason;
  for (const LawResult& law : report.laws()) {
    if (law.state != LawState::not_judged) continue;
    std::string& ids = ids_by_reason[law.reason];
    ids += (ids.empty() ? "" : ", ") + law.id;
  }
  std::string text;
  for (const auto& [reason, ids] : ids_by_reason) (((text += "\n  not judged (") += reason) += "): ") += ids;
  return text;
}

std::string notes_of(const Report& report) {
  std::string text;
  for (const std::string& note : report.notes()) text += "\n  note: " + note;
  return text;
}

std::string summary_without_violation(const Report& report) {
  const auto held = std::count_if(report.laws().begin(), report.laws().end(), [](const LawResult& law) {
    return law.state == LawState::held && law.id != canary.id;
  });
  std::string seed = " (seed " + std::to_string(report.seed());
  if (!report.shard().is_whole()) seed += ", shard " + to_text(report.shard());
  seed += ")";
  if (report.passed()) {
    return "batchproof: " + counted(held, "law") + " held on " + judged_cases(report) + seed +
           laws_not_judged(report) + notes_of(report);
  }
  return "batchproof: nothing is proved" + seed + notes_of(report) + "\n" + list_of_laws(report.laws());
}

std::string list_of_violations(const std::vector<std::string>& violations) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t index = 0; index < std::min(violations.size(), most); ++index)
    text += "  violated  " + cut_at_word(violations[index]) + "\n";
  if (violations.size() > most)
    text += "            and " + counted(violations.size() - most, "more violation") + "\n";
  return text;
}

std::string headline(std::string_view law, bool flaky, const std::string& found_in, const Report& report) {
  std::string text = "batchproof: the law " + std::string(law) +
                     (flaky ? " is flaky: violated once, not on every rerun" : " is violated");
  text += "\n  found in " + found_in;
  if (!report.shard().is_whole()) text += ", shard " + to_text(report.shard());
  return text + shrunk_in_words(report.counterexample());
}

/// JSON without blanks, its members in one order. Numbers stay apart that nlohmann's comparison takes for
/// equal: 0 and 0.0.
std::string in_one_form(const std::string& answer) {
  const auto json = fixtures::parse_json_or_discard(answer);
  return json.is_discarded() ? answer : fixtures::to_text(json);
}

std::string actual_in_words(const Counterexample& found) {
  const bool is_same = in_one_form(found.actual) == in_one_form(found.expected);
  return is_same ? "the same answer; it does not show the violation" : cut_at_word(found.actual);
}

std::string text_of_violation(const Report& report) {
  const LawResult& law = *report.violated_law();
  const Counterexample& found = report.counterexample();
  std::string text = headline(law.id, law.state == LawState::flaky, report.found_in(), report) + "\n\n";
  text += "  law       " + law.sentence + "\n";
  text += "  source    " + std::string(fixtures::name(found.batch_case.source));
  if (found.claims.max_concurrency > 0)
    text += ", at most " + std::to_string(found.claims.max_concurrency) + " together";
  text += "\n";
  if (!found.mode.empty()) text += "  mode      " + found.mode + "\n";
  text += "  pattern   " + shown_pattern(found.batch_case) + "\n";
  if (found.observation.timeline) text += "  schedule  " + schedule_in_words(found.choices) + "\n";
  text += "\n";
  text += found.observation.timeline ? timeline_table(found) : records_table(found);
  constexpr std::size_t most_reasons = 3;
  text += "  input     " + input_in_words(found, "\n            ", most_reasons) + "\n";
  text += list_of_violations(found.violations);
  if (!found.observation.note.empty()) text += "  note      " + found.observation.note + "\n";
  text += "  expected  " + cut_at_word(found.expected) + "\n";
  text += "  actual    " + actual_in_words(found) + "\n";
  if (found.compared) text += "  " + heading_of(*found.compared) + cut_at_word(found.compared->actual) + "\n";
  if (!law.aws_page.empty()) text += "  AWS page  " + law.aws_page + "\n";
  if (found.confirmation != Confirmation::none)
    text += "  confirmed by " + std::string(in_words(found.confirmation)) + "\n";
  text += "\n" + state_before(found);
  text += std::string(found.damaged ? "damaged payload\n" : "event\n") +
          shown_event(found.observation.payload, found.damaged) + "\n\n";
  if (!report.saved_as().empty()) text += "saved\n" + report.saved_as() + "\n\n";
  return text + "replay\n" + report.replay_command();
}

}  // namespace

std::string Report::text() const {
  return fixtures::printable_lines(violated_law() == nullptr ? summary_without_violation(*this)
                                                             : text_of_violation(*this));
}

}  // namespace batchproof::properties
