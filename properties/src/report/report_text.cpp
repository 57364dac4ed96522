#include <algorithm>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/report.hpp>
#include <map>
#include <utility>
#include <vector>

#include "../evidence/text.hpp"

namespace batchproof::properties {
namespace {

std::string count(std::size_t number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string count(int number, const std::string& noun) {
  return count(static_cast<std::size_t>(number), noun);
}

/// The text unquoted when it prints as one word, else in quotes.
std::string cell(const std::string& text) {
  std::string quoted = quote_bytes(text);
  const bool is_word =
      quoted.size() == text.size() + 2 && !text.empty() && text.find(' ') == std::string::npos;
  return is_word ? text : quoted;
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

std::string records_table(const Counterexample& found) {
  const auto& records = found.batch_case.records;
  const Evidence evidence(found.batch_case, found.claims, found.observation);
  const bool groups =
      std::any_of(records.begin(), records.end(), [](const auto& record) { return record.message_group_id; });
  std::vector<std::vector<std::string>> rows{{"#", "identifier"}};
  if (groups) rows.front().push_back("group");
  for (const char* heading : {"verdict", "handled", "reported"}) rows.front().push_back(heading);
  for (std::size_t index = 0; index < records.size(); ++index) {
    rows.push_back({std::to_string(index), cell(records[index].item_identifier)});
    if (groups) {
      const auto& group = records[index].message_group_id;
      rows.back().push_back(group ? cell(*group) : "-");
    }
    rows.back().push_back(records[index].rejected ? "rejected" : "accepted");
    const std::size_t calls = evidence.handled().calls_of_record[index];
    rows.back().push_back(calls == 0 ? "no" : calls == 1 ? "yes" : count(calls, "time"));
    rows.back().push_back(evidence.view().reports(records[index].item_identifier) ? "yes" : "no");
  }
  return records.empty() ? "" : table(rows) + "\n";
}

/// As wide as "expected  ".
std::string heading_of(const ComparedRun& compared) {
  constexpr std::size_t width = 10;
  const std::size_t blanks = compared.label.size() < width ? width - compared.label.size() : 1;
  return compared.label + std::string(blanks, ' ');
}

/// The sequence that the violation takes, but for its last batch.
std::string earlier_batches(const Counterexample& found) {
  if (found.earlier.empty()) return "";
  std::string text =
      "state\n"
      "an earlier batch left a state behind: alone, the event below violates nothing.\n"
      "Look for a static object, a member or a cache. If the state is meant to last,\n"
      "reset it in .before_each of verify_handler.\n\n";
  for (std::size_t index = 0; index < found.earlier.size(); ++index) {
    const EarlierBatch& earlier = found.earlier[index];
    text += "earlier batch " + std::to_string(index + 1) + " of " + std::to_string(found.earlier.size());
    text +=
        ", pattern " + (earlier.batch_case.records.empty() ? "(no records)" : earlier.batch_case.pattern());
    if (!earlier.mode.empty()) text += ", " + earlier.mode;
    text += "\n" + (earlier.damaged ? quote_bytes(earlier.payload) : readable_json(earlier.payload)) + "\n\n";
  }
  return text;
}

std::string list_of_laws(const std::vector<LawResult>& laws) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(laws.size());
  for (const LawResult& law : laws) {
    std::string state(name(law.state));
    if (!law.reason.empty()) state += " (" + law.reason + ")";
    rows.push_back({law.id, std::move(state), law.cases == 0 ? "" : count(law.cases, "case")});
  }
  return rows.empty() ? "" : table(rows);
}

/// "3 saved cases, 9,100 of 52,705 small cases and 1000 random cases"
std::string judged_cases(const Report& report) {
  std::string text;
  if (report.saved_cases() > 0) text += count(report.saved_cases(), "saved case") + ", ";
  if (report.small_cases() > 0) {
    const bool all = report.small_cases() == report.small_cases_in_all();
    text += all ? "all " : std::to_string(report.small_cases()) + " of ";
    text += std::to_string(report.small_cases_in_all()) + " small cases and ";
  }
  return text + count(report.cases(), "random case");
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
  for (const auto& [reason, ids] : ids_by_reason) text += "\n  not judged (" + reason + "): " + ids;
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
  const std::string seed = " (seed " + std::to_string(report.seed()) + ")";
  if (report.passed()) {
    return "batchproof: " + count(static_cast<int>(held), "law") + " held on " + judged_cases(report) + seed +
           laws_not_judged(report) + notes_of(report);
  }
  return "batchproof: nothing is proved" + seed + notes_of(report) + "\n" + list_of_laws(report.laws());
}

std::string headline(std::string_view law, bool flaky, const std::string& found_in, const Report& report) {
  const std::size_t drawn = report.counterexample().drawn_size;
  std::string text = "batchproof: the law " + std::string(law) +
                     (flaky ? " is flaky: violated once, not on every rerun" : " is violated");
  text += "\n  found in " + found_in;
  if (drawn > report.counterexample().size()) {
    text +=
        ", shrunk from " + count(drawn, "record") + " to " + std::to_string(report.counterexample().size());
  }
  return text;
}

}  // namespace

std::string Report::text() const {
  const LawResult* const law = violated_law();
  if (law == nullptr) return summary_without_violation(*this);
  const Counterexample& found = facts_.counterexample;
  std::string text = headline(law->id, law->state == LawState::flaky, facts_.found_in, *this) + "\n\n";
  text += "  law       " + law->sentence + "\n";
  text += "  source    " + std::string(fixtures::name(found.batch_case.source)) + "\n";
  if (!found.mode.empty()) text += "  mode      " + found.mode + "\n";
  text += "  pattern   " + (found.size() == 0 ? "(no records)" : found.batch_case.pattern()) + "\n\n";
  text += records_table(found);
  for (const std::string& violation : found.violations) text += "  violated  " + violation + "\n";
  text += "  expected  " + found.expected + "\n";
  text += "  actual    " + found.actual + "\n";
  if (found.compared) text += "  " + heading_of(*found.compared) + found.compared->actual + "\n";
  text += "  AWS page  " + law->aws_page + "\n";
  if (found.confirmation != Confirmation::none)
    text += "  confirmed by " + std::string(in_words(found.confirmation)) + "\n";
  text += "\n" + earlier_batches(found);
  text += (found.damaged ? "damaged payload\n" + quote_bytes(found.observation.payload)
                         : "event\n" + readable_json(found.observation.payload)) +
          "\n\n";
  if (!facts_.saved_as.empty()) text += "saved\n" + facts_.saved_as + "\n\n";
  return text + "replay\n" + facts_.replay_command;
}

}  // namespace batchproof::properties
