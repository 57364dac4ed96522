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

using properties::FaultTrials;
using properties::Law;
using properties::LawTrial;
using properties::MutationMatrix;

std::span<const Law> laws_about(bool handlers) {
  return handlers ? properties::handler_laws() : properties::processor_laws();
}

std::string source_of_fault(const FaultTrials& row) {
  return row.fault.in_a_handler ? "handler" : std::string(name(row.fault.source));
}

/// The trial of a law; null when the law does not apply.
const LawTrial* trial_of_law(const FaultTrials& row, std::string_view law) {
  const auto found = std::find_if(row.each_law.begin(), row.each_law.end(),
                                  [=](const LawTrial& trial) { return trial.law == law; });
  return found == row.each_law.end() ? nullptr : &*found;
}

/// "12/2": caught after twelve cases, two records in the smallest.
Cell cell_of_trial(const FaultTrials& row, const Law& law) {
  const LawTrial* const trial = trial_of_law(row, law.id);
  const bool is_own = law.id == row.fault.law;
  if (trial == nullptr) return {""};
  if (!trial->caught) return {is_own ? "missed" : ".", is_own ? Tone::bad : Tone::faint};
  return {fmt::format("{}/{}", trial->cases, trial->size), is_own ? Tone::good : Tone::plain};
}

std::string table_of_faults(const MutationMatrix& matrix, bool handlers, bool colour) {
  const auto laws = laws_about(handlers);
  Row heading{{handlers ? "broken handler" : "broken processor"}, {"source"}, {"law"}};
  for (std::size_t number = 1; number <= laws.size(); ++number) heading.push_back({std::to_string(number)});
  std::vector<Row> rows{std::move(heading)};
  for (const FaultTrials& row : matrix.rows) {
    if (row.fault.in_a_handler != handlers) continue;
    const auto own =
        std::find_if(laws.begin(), laws.end(), [&](const Law& law) { return law.id == row.fault.law; });
    Row cells{{row.fault.name}, {source_of_fault(row)}, {std::to_string(own - laws.begin() + 1)}};
    for (const Law& law : laws) cells.push_back(cell_of_trial(row, law));
    rows.push_back(std::move(cells));
  }
  return table(rows, colour);
}

int faults_caught_by(const MutationMatrix& matrix, const Law& law) {
  return static_cast<int>(std::count_if(matrix.rows.begin(), matrix.rows.end(), [&](const FaultTrials& row) {
    const LawTrial* const trial = trial_of_law(row, law.id);
    return trial != nullptr && trial->caught;
  }));
}

std::string table_of_zoo_laws(const MutationMatrix& matrix, bool handlers, bool colour) {
  std::vector<Row> rows{{{""}, {handlers ? "law of a handler" : "law of a processor"}, {"catches"}}};
  for (const Law& law : laws_about(handlers)) {
    const int caught = faults_caught_by(matrix, law);
    rows.push_back({{std::to_string(rows.size())},
                    {std::string(law.id)},
                    {fmt::format("{:>7}", caught), caught > 0 ? Tone::plain : Tone::bad}});
  }
  return table(rows, colour);
}

/// "3/2": caught in the third world, and the smallest has two messages; "3" when no smallest one was searched
/// for.
Cell end_to_end_cell(const simulator::EndToEndTrials& row, const simulator::EndToEndLaw& law) {
  const auto trial = std::find_if(row.each_law.begin(), row.each_law.end(),
                                  [&](const simulator::EndToEndTrial& one) { return one.law == law.id; });
  if (trial == row.each_law.end()) return {""};
  const bool is_own = simulator::is_known_to_catch(law.id, row.fault.name);
  if (!trial->caught) return {is_own ? "missed" : ".", is_own ? Tone::bad : Tone::faint};
  if (!is_own) return {fmt::format("{}", trial->worlds)};
  return {fmt::format("{}/{}", trial->worlds, trial->messages), Tone::good};
}

std::string end_to_end_table(const std::vector<simulator::EndToEndTrials>& end_to_end, bool colour) {
  const auto laws = simulator::end_to_end_laws();
  Row heading{{"broken processor, end to end"}, {"source"}};
  for (std::size_t number = 1; number <= laws.size(); ++number) heading.push_back({std::to_string(number)});
  std::vector<Row> rows{std::move(heading)};
  for (const simulator::EndToEndTrials& row : end_to_end) {
    Row cells{{row.fault.name}, {std::string(name(row.fault.source))}};
    for (const simulator::EndToEndLaw& law : laws) cells.push_back(end_to_end_cell(row, law));
    rows.push_back(std::move(cells));
  }
  return table(rows, colour);
}

std::string table_of_end_to_end_laws(const std::vector<simulator::EndToEndTrials>& end_to_end, bool colour) {
  std::vector<Row> rows{{{""}, {"end-to-end law"}, {"catches"}}};
  for (const simulator::EndToEndLaw& law : simulator::end_to_end_laws()) {
    const auto caught = std::count_if(
        end_to_end.begin(), end_to_end.end(),
        [&](const simulator::EndToEndTrials& row) { return simulator::is_caught_by(law.id, row); });
    rows.push_back({{std::to_string(rows.size())},
                    {std::string(law.id)},
                    {fmt::format("{:>7}", caught), caught > 0 ? Tone::plain : Tone::bad}});
  }
  return table(rows, colour);
}

/// The trials of a fault by the law that must catch it which caught it.
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
    sizes.push_back(kill->size);
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
    json["size"] = trial.size;
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

ordered_json json_of_end_to_end_matrix(const std::vector<simulator::EndToEndTrials>& end_to_end) {
  auto laws = ordered_json::array();
  for (const simulator::EndToEndLaw& law : simulator::end_to_end_laws())
    laws.push_back({{"law", law.id}, {"sentence", law.sentence}});
  auto faults = ordered_json::array();
  for (const simulator::EndToEndTrials& row : end_to_end) {
    auto trials = ordered_json::array();
    for (const simulator::EndToEndTrial& trial : row.each_law) {
      ordered_json trial_json{{"law", trial.law},
                              {"must_catch", simulator::is_known_to_catch(trial.law, row.fault.name)},
                              {"caught", trial.caught},
                              {"worlds", trial.worlds}};
      if (trial.messages > 0) trial_json["messages"] = trial.messages;
      trials.push_back(std::move(trial_json));
    }
    faults.push_back({{"fault", row.fault.name},
                      {"sentence", row.fault.fault},
                      {"source", name(row.fault.source)},
                      {"each_law", std::move(trials)}});
  }
  return {{"laws", std::move(laws)}, {"faults", std::move(faults)}};
}

/// The names, or "none".
std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list.empty() ? "none" : list;
}

}  // namespace

std::string text_of(const std::vector<properties::SmallCaseTrials>& trials) {
  std::map<std::size_t, int> faults_by_records;
  std::vector<std::string> by_random_alone;
  std::vector<std::string> by_small_alone;
  for (const properties::SmallCaseTrials& trial : trials) {
    if (trial.small.caught) ++faults_by_records[trial.small.size];
    if (trial.by_random && !trial.small.caught) by_random_alone.push_back(trial.fault.name);
    if (trial.small.caught && !trial.by_random) by_small_alone.push_back(trial.fault.name);
  }
  std::string text = fmt::format("{} faults\n", trials.size());
  for (const auto& [records, faults] : faults_by_records)
    text += fmt::format("first shown by a small batch of {} records: {}\n", records, faults);
  text += "by small batches alone: " + list_of(by_small_alone) + "\n";
  return text + "by random batches alone: " + list_of(by_random_alone) + "\n";
}

std::string text_of(const ZooRun& run, bool colour) {
  std::string text;
  for (const bool handlers : {false, true}) {
    text += table_of_faults(run.matrix, handlers, colour);
    text += '\n';
    text += table_of_zoo_laws(run.matrix, handlers, colour);
    text += '\n';
  }
  if (!run.end_to_end.empty())
    text += end_to_end_table(run.end_to_end, colour) + '\n' +
            table_of_end_to_end_laws(run.end_to_end, colour) + '\n';
  text += fmt::format(
      "  12/2 caught after 12 random cases or worlds, 2 records or messages in the smallest one; . not "
      "caught "
      "in {}\n\n",
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
                      {"law", row.fault.law},
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
  if (!run.end_to_end.empty()) json["end_to_end"] = json_of_end_to_end_matrix(run.end_to_end);
  return to_text(json);
}

}  // namespace batchproof::tools
