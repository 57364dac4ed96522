// Reads and merges the runs of `batchproof zoo` on several machines.

#include <algorithm>
#include <batchproof/properties/law.hpp>
#include <batchproof/simulator/laws.hpp>
#include <stdexcept>
#include <utility>

#include "zoo_output.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::ordered_json;
using properties::Fault;

properties::LawTrial trial_in(const ordered_json& json) {
  return {.law = json.at("law"),
          .seed = json.at("seed"),
          .caught = json.at("caught"),
          .cases = json.at("cases"),
          .size = json.value("size", std::size_t{0}),
          .smallest_case = json.value("smallest_case", ""),
          .violations = json.value("violations", std::vector<std::string>())};
}

const Fault& fault_named(const std::vector<Fault>& faults, const std::string& name) {
  const auto fault =
      std::find_if(faults.begin(), faults.end(), [&](const Fault& each) { return each.name == name; });
  if (fault == faults.end()) throw std::runtime_error("there is no fault \"" + name + "\"");
  return *fault;
}

/// The id, which lives as long as the program.
std::string_view end_to_end_law(const std::string& id) {
  for (const simulator::EndToEndLaw& law : simulator::end_to_end_laws())
    if (law.id == id) return law.id;
  throw std::runtime_error("there is no end-to-end law \"" + id + "\"");
}

simulator::EndToEndTrials end_to_end_in(const ordered_json& json) {
  simulator::EndToEndTrials trials;
  const auto name = json.at("fault").get<std::string>();
  for (const auto& broken : fixtures::broken_processors())
    if (broken.name == name) trials.fault = broken;
  if (trials.fault.name != name) throw std::runtime_error("there is no fault \"" + name + "\"");
  for (const auto& trial : json.at("each_law"))
    trials.each_law.push_back({.law = end_to_end_law(trial.at("law")),
                               .caught = trial.at("caught"),
                               .worlds = trial.at("worlds"),
                               .messages = trial.value("messages", std::size_t{0})});
  return trials;
}

/// Sorts the rows in the order of the whole, and checks that each comes once.
template <class Row, class NameOf>
void put_in_order(std::vector<Row>& rows, const std::vector<std::string>& names, NameOf name_of) {
  const auto place_of = [&](const Row& row) {
    return std::find(names.begin(), names.end(), name_of(row)) - names.begin();
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& one, const Row& other) { return place_of(one) < place_of(other); });
  for (std::size_t place = 0; place < std::max(rows.size(), names.size()); ++place) {
    if (place < rows.size() && place < names.size() && name_of(rows[place]) == names[place]) continue;
    if (place >= names.size() && name_of(rows[place]) != names.back())
      throw std::runtime_error("the fault " + name_of(rows[place]) + " does not belong here");
    const bool is_twin = place > 0 && place < rows.size() && name_of(rows[place]) == names[place - 1];
    throw std::runtime_error(is_twin ? "the fault " + names[place - 1] + " comes twice"
                                     : "the fault " + names[place] + " is missing");
  }
}

std::vector<std::string> names_of_end_to_end() {
  std::vector<std::string> names;
  for (const auto& known : simulator::known_catches()) {
    if (std::find(names.begin(), names.end(), known.processor) == names.end())
      names.emplace_back(known.processor);
  }
  return names;
}

}  // namespace

ZooRun zoo_run_in(const ordered_json& json) {
  static const std::vector<Fault> faults = properties::zoo();
  ZooRun run;
  run.matrix.cases = json.at("cases");
  run.matrix.seeds = json.at("seeds").get<std::vector<std::uint64_t>>();
  run.matrix.shard = fixtures::parse_shard(json.at("shard").get<std::string>());
  run.seconds = json.at("seconds");
  for (const auto& row : json.at("faults")) {
    properties::FaultTrials trials{.fault = fault_named(faults, row.at("fault"))};
    for (const auto& trial : row.at("each_law")) trials.each_law.push_back(trial_in(trial));
    for (const auto& trial : row.at("own_law")) trials.own_law.push_back(trial_in(trial));
    run.matrix.rows.push_back(std::move(trials));
  }
  if (json.contains("end_to_end")) {
    for (const auto& row : json["end_to_end"].at("faults")) run.end_to_end.push_back(end_to_end_in(row));
  }
  return run;
}

ZooRun merged_runs(const std::vector<ZooRun>& shards) {
  ZooRun whole;
  whole.matrix.cases = shards.front().matrix.cases;
  whole.matrix.seeds = shards.front().matrix.seeds;
  for (const ZooRun& shard : shards) {
    if (shard.matrix.cases != whole.matrix.cases)
      throw std::runtime_error("the numbers of cases differ: " + std::to_string(whole.matrix.cases) +
                               " and " + std::to_string(shard.matrix.cases));
    if (shard.matrix.seeds != whole.matrix.seeds) throw std::runtime_error("the seeds differ");
    whole.matrix.rows.insert(whole.matrix.rows.end(), shard.matrix.rows.begin(), shard.matrix.rows.end());
    whole.end_to_end.insert(whole.end_to_end.end(), shard.end_to_end.begin(), shard.end_to_end.end());
    whole.seconds += shard.seconds;
  }
  std::vector<std::string> names;
  for (const Fault& fault : properties::zoo()) names.push_back(fault.name);
  put_in_order(whole.matrix.rows, names, [](const auto& row) { return row.fault.name; });
  whole.gaps = properties::gaps_in(whole.matrix);
  if (whole.end_to_end.empty()) return whole;
  put_in_order(whole.end_to_end, names_of_end_to_end(), [](const auto& row) { return row.fault.name; });
  for (std::string& gap : simulator::gaps_in(whole.end_to_end)) whole.gaps.push_back(std::move(gap));
  return whole;
}

}  // namespace batchproof::tools
