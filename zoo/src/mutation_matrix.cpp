#include <algorithm>
#include <batchproof/zoo/mutation_matrix.hpp>
#include <utility>

namespace batchproof::zoo {
namespace {

FaultTrials try_fault(const Fault& fault, int cases, const std::vector<std::uint64_t>& seeds) {
  FaultTrials trials{.fault = fault};
  for (const std::string& law : fault.laws) {
    trials.each_law.push_back(fault.run(law, cases, seeds.front()));
    if (!trials.must_be_caught_by(law)) continue;
    trials.own_law.push_back(trials.each_law.back());
    for (std::size_t seed = 1; seed < seeds.size(); ++seed)
      trials.own_law.push_back(fault.run(law, cases, seeds[seed]));
  }
  return trials;
}

const LawTrial* first_of(const std::vector<LawTrial>& trials, std::string_view law) {
  const auto found =
      std::find_if(trials.begin(), trials.end(), [=](const LawTrial& trial) { return trial.law == law; });
  return found == trials.end() ? nullptr : &*found;
}

}  // namespace

const LawTrial* FaultTrials::trial_of(std::string_view law) const { return first_of(each_law, law); }

bool FaultTrials::is_caught_by(std::string_view law) const {
  const LawTrial* const trial = trial_of(law);
  return trial != nullptr && trial->caught;
}

bool FaultTrials::must_be_caught_by(std::string_view law) const {
  return std::find(fault.own_laws.begin(), fault.own_laws.end(), law) != fault.own_laws.end();
}

MutationMatrix mutation_matrix(const std::vector<Fault>& zoo, int cases, std::vector<std::uint64_t> seeds,
                               const ZooProgress& progress, const fixtures::Shard& shard) {
  MutationMatrix matrix{.cases = cases, .seeds = std::move(seeds), .shard = shard};
  const std::size_t own = shard.part_of(zoo.size());
  for (std::size_t nth = 0; nth < own; ++nth) {
    const Fault& fault = zoo[shard.number(nth)];
    if (progress) progress(nth + 1, own, fault.name);
    matrix.rows.push_back(try_fault(fault, cases, matrix.seeds));
  }
  return matrix;
}

std::vector<std::string> gaps_in(const MutationMatrix& matrix, const std::vector<std::string>& laws) {
  std::vector<std::string> gaps;
  for (const FaultTrials& row : matrix.rows) {
    for (const std::string& law : row.fault.own_laws) {
      if (first_of(row.own_law, law) == nullptr)
        gaps.push_back(row.fault.name + " names a law that does not apply to it: " + law);
    }
    for (const LawTrial& trial : row.own_law) {
      if (trial.caught) continue;
      gaps.push_back(row.fault.name + " is not caught by " + trial.law + " within " +
                     std::to_string(matrix.cases) + " cases, seed " + std::to_string(trial.seed));
    }
  }
  if (!matrix.shard.is_whole()) return gaps;
  for (const std::string& law : laws) {
    if (std::none_of(matrix.rows.begin(), matrix.rows.end(),
                     [&](const FaultTrials& row) { return row.is_caught_by(law); }))
      gaps.push_back(law + " catches nothing");
  }
  return gaps;
}

}  // namespace batchproof::zoo
