#include "zoo_output.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <batchproof/properties/law.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/version.hpp>
#include <map>
#include <span>
#include <utility>

#include "json_output.hpp"
#include "table.hpp"
#include "wording.hpp"

namespace batchproof::tools {
namespace {

using properties::Law;
using zoo::FaultTrials;
using zoo::LawTrial;
using zoo::MutationMatrix;

std::span<const Law> laws_about(bool handlers) {
  return handlers ? properties::handler_laws() : properties::processor_laws();
}

/// The laws of one table, and the faults that are tried by them.
struct ZooTable {
  std::string faults;  // "broken processor"
  std::string laws;    // "law of a processor"
  std::vector<std::string> ids;
  std::vector<const FaultTrials*> rows{};
};

std::vector<ZooTable> tables_of(const ZooRun& run) {
  std::vector<ZooTable> tables;
  for (const bool handlers : {false, true}) {
    const std::string name = handlers ? "handler" : "processor";
    tables.push_back({"broken " + name, "law of a " + name, fixtures::ids_of(laws_about(handlers))});
    for (const FaultTrials& row : run.matrix.rows)
      if (row.fault.in_a_handler == handlers) tables.back().rows.push_back(&row);
  }
  if (run.end_to_end.rows.empty()) return tables;
  tables.push_back(
      {"broken processor, end to end", "end-to-end law", fixtures::ids_of(simulator::end_to_end_laws())});
  for (const FaultTrials& row : run.end_to_end.rows) tables.back().rows.push_back(&row);
  return tables;
}

std::string source_of_fault(const FaultTrials& row) {
  return row.fault.in_a_handler ? "handler" : std::string(name(row.fault.source));
}

/// "12/2": caught after twelve cases, two records in the smallest; "12" when no smallest one was searched
/// for.
Cell cell_of_trial(const FaultTrials& row, const std::string& law) {
  const LawTrial* const trial = row.trial_of(law);
  const bool is_own = row.must_be_caught_by(law);
  if (trial == nullptr) return {""};
  if (!trial->caught) return {is_own ? "missed" : ".", is_own ? Tone::bad : Tone::faint};
  const std::string size = trial->size ? fmt::format("/{}", *trial->size) : "";
  return {fmt::format("{}{}", trial->cases, size), is_own ? Tone::good : Tone::plain};
}

/// The numbers of the laws that must catch the fault.
std::string own_laws_of(const FaultTrials& row, const ZooTable& shown) {
  std::string numbers;
  for (std::size_t law = 0; law < shown.ids.size(); ++law) {
    if (!row.must_be_caught_by(shown.ids[law])) continue;
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ",", law + 1);
  }
  return numbers;
}

std::string table_of_faults(const ZooTable& shown, bool colour) {
  Row heading{{shown.faults}, {"source"}, {"law"}};
  for (std::size_t number = 1; number <= shown.ids.size(); ++number)
    heading.push_back({std::to_string(number)});
  std::vector<Row> rows{std::move(heading)};
  for (const FaultTrials* const row : shown.rows) {
    Row cells{{row->fault.name}, {source_of_fault(*row)}, {own_laws_of(*row, shown)}};
    for (const std::string& law : shown.ids) cells.push_back(cell_of_trial(*row, law));
    rows.push_back(std::move(cells));
  }
  return table(rows, colour);
}

std::string table_of_zoo_laws(const ZooTable& shown, bool colour) {
  std::vector<Row> rows{{{""}, {shown.laws}, {"catches"}}};
  for (const std::string& law : shown.ids) {
    const auto caught = std::count_if(shown.rows.begin(), shown.rows.end(),
                                      [&](const FaultTrials* row) { return row->is_caught_by(law); });
    rows.push_back({{std::to_string(rows.size())},
                    {law},
                    {fmt::format("{:>7}", caught), caught > 0 ? Tone::plain : Tone::bad}});
  }
  return table(rows, colour);
}

/// The trials of each fault by its own law in which that law caught it.
std::vector<const LawTrial*> own_kills(const MutationMatrix& matrix) {
  std::vector<const LawTrial*> kills;
  for (const FaultTrials& row : matrix.rows) {
    for (const LawTrial& trial : row.own_law) {
      if (trial.caught) kills.push_back(&trial);
    }
  }
  return kills;
}

struct Figures {
  int most_cases = 0;
  std::size_t median_size = 0;
  std::size_t largest_size = 0;
};

Figures figures_of(const MutationMatrix& matrix) {
  Figures figures;
  std::vector<std::size_t> sizes;
  for (const LawTrial* const kill : own_kills(matrix)) {
    figures.most_cases = std::max(figures.most_cases, kill->cases);
    sizes.push_back(kill->size.value_or(0));
  }
  std::sort(sizes.begin(), sizes.end());
  if (sizes.empty()) return figures;
  figures.median_size = sizes[sizes.size() / 2];
  figures.largest_size = sizes.back();
  return figures;
}

std::string verdict_of_zoo(const ZooRun& run, bool colour) {
  const MutationMatrix& matrix = run.matrix;
  const Figures figures = figures_of(matrix);
  const bool passed = run.gaps.empty();
  return fmt::format(
      "{} {} faults{}, {} each: at most {} random cases until caught, then {} in the median and at most {}, "
      "{:.1f} s\n",
      paint(passed ? !matrix.shard.is_whole() ? "Each fault is caught by its law."
                                              : "Each law catches its faults."
                   : "Not proved.",
            passed ? Tone::good : Tone::bad, colour),
      matrix.rows.size(), matrix.shard.is_whole() ? "" : " of shard " + to_text(matrix.shard),
      counted(matrix.seeds.size(), "seed"), figures.most_cases, counted(figures.median_size, "record"),
      figures.largest_size, run.seconds);
}

using nlohmann::ordered_json;

ordered_json json_of_trial(const LawTrial& trial) {
  ordered_json json{
      {"law", trial.law}, {"seed", trial.seed}, {"caught", trial.caught}, {"cases", trial.cases}};
  if (trial.caught) {
    json["size"] = trial.size.value_or(0);
    json["smallest_case"] = trial.smallest_case;
    json["violations"] = trial.violations;
  }
  return json;
}

ordered_json json_of_trials(const std::vector<LawTrial>& trials) {
  auto list = ordered_json::array();
  for (const LawTrial& trial : trials) list.push_back(json_of_trial(trial));
  return list;
}

ordered_json json_of_end_to_end_matrix(const MutationMatrix& end_to_end) {
  auto laws = ordered_json::array();
  for (const simulator::EndToEndLaw& law : simulator::end_to_end_laws())
    laws.push_back({{"law", law.id}, {"sentence", law.sentence}});
  auto faults = ordered_json::array();
  for (const FaultTrials& row : end_to_end.rows) {
    auto trials = ordered_json::array();
    for (const LawTrial& trial : row.each_law) {
      ordered_json trial_json{{"law", trial.law},
                              {"must_catch", row.must_be_caught_by(trial.law)},
                              {"caught", trial.caught},
                              {"worlds", trial.cases}};
      if (trial.size) trial_json["messages"] = *trial.size;
      trials.push_back(std::move(trial_json));
    }
    faults.push_back({{"fault", row.fault.name},
                      {"sentence", row.fault.sentence},
                      {"source", source_of_fault(row)},
                      {"each_law", std::move(trials)}});
  }
  return {{"laws", std::move(laws)}, {"faults", std::move(faults)}};
}

/// The names, or "none".
std::string list_of(const std::vector<std::string>& names) { return names.empty() ? "none" : joined(names); }

}  // namespace

std::string text_of(const std::vector<zoo::SmallCaseTrials>& trials) {
  std::map<std::size_t, int> faults_by_records;
  std::vector<std::string> by_random_alone;
  std::vector<std::string> by_small_alone;
  for (const zoo::SmallCaseTrials& trial : trials) {
    if (trial.small.caught) ++faults_by_records[trial.small.size.value_or(0)];
    if (trial.by_random && !trial.small.caught) by_random_alone.push_back(trial.fault.name);
    if (trial.small.caught && !trial.by_random) by_small_alone.push_back(trial.fault.name);
  }
  std::string text = fmt::format("{} faults\n", trials.size());
  for (const auto& [records, faults] : faults_by_records)
    text += fmt::format("first shown by a small batch of {}: {}\n", counted(records, "record"), faults);
  text += "by small batches alone: " + list_of(by_small_alone) + "\n";
  return text + "by random batches alone: " + list_of(by_random_alone) + "\n";
}

std::vector<std::string> gaps_of(const ZooRun& run) {
  std::vector<std::string> gaps = zoo::gaps_in(run.matrix);
  if (run.end_to_end.rows.empty()) return gaps;
  const auto laws = fixtures::ids_of(simulator::end_to_end_laws());
  for (std::string& gap : zoo::gaps_in(run.end_to_end, laws)) gaps.push_back(std::move(gap));
  return gaps;
}

std::string text_of(const ZooRun& run, bool colour) {
  std::string text;
  for (const ZooTable& shown : tables_of(run))
    text += table_of_faults(shown, colour) + '\n' + table_of_zoo_laws(shown, colour) + '\n';
  text += fmt::format(
      "  12/2 caught after 12 random cases or worlds, 2 records or messages in the smallest one; . not "
      "caught in {}\n\n",
      run.matrix.cases);
  for (const std::string& gap : run.gaps) text += fmt::format("  {}\n", paint(gap, Tone::bad, colour));
  if (!run.gaps.empty()) text += '\n';
  return text + verdict_of_zoo(run, colour);
}

std::string json_of(const ZooRun& run) {
  auto laws = ordered_json::array();
  auto faults = ordered_json::array();
  for (const bool handlers : {false, true}) {
    for (const Law& law : laws_about(handlers)) {
      laws.push_back(
          {{"law", law.id}, {"of", handlers ? "handler" : "processor"}, {"sentence", law.sentence}});
    }
  }
  for (const FaultTrials& row : run.matrix.rows) {
    faults.push_back({{"fault", row.fault.name},
                      {"sentence", row.fault.sentence},
                      {"source", source_of_fault(row)},
                      {"law", row.fault.own_laws.front()},
                      {"each_law", json_of_trials(row.each_law)},
                      {"own_law", json_of_trials(row.own_law)}});
  }
  ordered_json json = begin_json_output();
  json["batchproof"] = BATCHPROOF_VERSION;
  json["passed"] = run.gaps.empty();
  json["gaps"] = run.gaps;
  json["cases"] = run.matrix.cases;
  json["seeds"] = run.matrix.seeds;
  json["shard"] = to_text(run.matrix.shard);
  json["seconds"] = run.seconds;
  json["laws"] = std::move(laws);
  json["faults"] = std::move(faults);
  if (!run.end_to_end.rows.empty()) json["end_to_end"] = json_of_end_to_end_matrix(run.end_to_end);
  return to_text(json);
}

}  // namespace batchproof::tools
