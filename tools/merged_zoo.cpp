// Reads and merges the runs of `batchproof zoo` on several machines.

#include <algorithm>
#include <batchproof/zoo/end_to_end_faults.hpp>
#include <stdexcept>
#include <utility>

#include "zoo_output.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::ordered_json;
using zoo::Fault;
using zoo::FaultTrials;

zoo::LawTrial trial_in(const ordered_json& json) {
  return {.law = json.at("law"),
          .seed = json.at("seed"),
          .caught = json.at("caught"),
          .cases = json.at("cases"),
          .size = json.contains("size") ? std::optional(json["size"].get<std::size_t>()) : std::nullopt,
          .smallest_case = json.value("smallest_case", ""),
          .violations = json.value("violations", std::vector<std::string>())};
}

const Fault& fault_named(const std::vector<Fault>& faults, const std::string& name) {
  const auto fault =
      std::find_if(faults.begin(), faults.end(), [&](const Fault& each) { return each.name == name; });
  if (fault == faults.end()) throw std::runtime_error("there is no fault \"" + name + "\"");
  return *fault;
}

/// A row of the end-to-end matrix, which has other names for some fields.
FaultTrials end_to_end_in(const ordered_json& json, const std::vector<Fault>& faults, std::uint64_t seed) {
  FaultTrials trials{.fault = fault_named(faults, json.at("fault"))};
  for (const auto& trial : json.at("each_law")) {
    trials.each_law.push_back(
        {.law = trial.at("law"), .seed = seed, .caught = trial.at("caught"), .cases = trial.at("worlds")});
    if (trial.contains("messages")) trials.each_law.back().size = trial["messages"].get<std::size_t>();
    if (trials.must_be_caught_by(trials.each_law.back().law))
      trials.own_law.push_back(trials.each_law.back());
  }
  return trials;
}

/// Sorts the rows in the order of the whole, and checks that each comes once.
void put_in_order(std::vector<FaultTrials>& rows, const std::vector<Fault>& zoo) {
  const auto place_of = [&](const FaultTrials& row) {
    return std::find_if(zoo.begin(), zoo.end(),
                        [&](const Fault& fault) { return fault.name == row.fault.name; }) -
           zoo.begin();
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const FaultTrials& one, const FaultTrials& other) {
    return place_of(one) < place_of(other);
  });
  for (std::size_t place = 0; place < std::max(rows.size(), zoo.size()); ++place) {
    const std::string name = place < rows.size() ? rows[place].fault.name : "";
    if (place < zoo.size() && name == zoo[place].name) continue;
    const bool is_twin = place > 0 && name == zoo[place - 1].name;
    throw std::runtime_error(is_twin ? "the fault " + name + " comes twice"
                                     : "the fault " + zoo[place].name + " is missing");
  }
}

}  // namespace

ZooRun zoo_run_in(const ordered_json& json) {
  static const std::vector<Fault> faults = zoo::batch_faults();
  static const std::vector<Fault> end_to_end_faults = zoo::end_to_end_faults();
  ZooRun run;
  run.matrix.cases = json.at("cases");
  run.matrix.seeds = json.at("seeds").get<std::vector<std::uint64_t>>();
  run.matrix.shard = fixtures::parse_shard(json.at("shard").get<std::string>());
  run.seconds = json.at("seconds");
  for (const auto& row : json.at("faults")) {
    FaultTrials trials{.fault = fault_named(faults, row.at("fault"))};
    for (const auto& trial : row.at("each_law")) trials.each_law.push_back(trial_in(trial));
    for (const auto& trial : row.at("own_law")) trials.own_law.push_back(trial_in(trial));
    run.matrix.rows.push_back(std::move(trials));
  }
  if (json.contains("end_to_end")) {
    run.end_to_end = {.cases = run.matrix.cases, .seeds = {run.matrix.seeds.front()}};
    for (const auto& row : json["end_to_end"].at("faults"))
      run.end_to_end.rows.push_back(end_to_end_in(row, end_to_end_faults, run.matrix.seeds.front()));
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
    whole.end_to_end.cases = shard.end_to_end.cases;
    whole.end_to_end.rows.insert(whole.end_to_end.rows.end(), shard.end_to_end.rows.begin(),
                                 shard.end_to_end.rows.end());
    whole.seconds += shard.seconds;
  }
  put_in_order(whole.matrix.rows, zoo::batch_faults());
  if (!whole.end_to_end.rows.empty()) put_in_order(whole.end_to_end.rows, zoo::end_to_end_faults());
  whole.gaps = gaps_of(whole);
  return whole;
}

}  // namespace batchproof::tools
