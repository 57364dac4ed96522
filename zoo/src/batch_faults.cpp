#include <algorithm>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/zoo/batch_faults.hpp>
#include <batchproof/zoo/broken_handlers.hpp>
#include <batchproof/zoo/broken_processors.hpp>
#include <chrono>
#include <iterator>
#include <span>
#include <utility>

namespace batchproof::zoo {
namespace {

using properties::Counterexample;
using properties::ErasedHandler;
using properties::Experiment;
using properties::handler_laws;
using properties::Law;
using properties::LawState;
using properties::Observation;
using properties::Processes;
using properties::processor_laws;
using properties::Report;

/// A fault that ends its process needs another process, and so does one that keeps a state, which in this
/// process violates its law only once.
Processes processes_for(const Law& law) {
  const bool needs_one = law.experiment == Experiment::in_child || law.experiment == Experiment::again;
  return needs_one ? Processes::forked : Processes::none;
}

constexpr auto no_small_cases = std::chrono::milliseconds(0);
constexpr auto time_for_small_cases = std::chrono::seconds(2);

LawTrial outcome_of(const Law& law, std::uint64_t seed, const Report& report, std::string smallest_case) {
  const bool caught = report.laws().front().state == LawState::violated;
  return {.law = std::string(law.id),
          .seed = seed,
          .caught = caught,
          .cases = report.cases(),
          .size = report.counterexample().size(),
          .smallest_case = caught ? std::move(smallest_case) : "",
          .violations = caught ? report.counterexample().violations : std::vector<std::string>()};
}

/// A fault counts as caught only if a small case showed it.
LawTrial of_small_cases(LawTrial trial, const Report& report) {
  trial.caught = trial.caught && report.found_in().starts_with("small case");
  trial.size = report.counterexample().drawn_size;
  return trial;
}

/// Makes a new processor for each trial, since some keep state from batch to batch.
LawTrial try_on_processor(const std::string& name, const Law& law, int cases, std::uint64_t seed,
                          std::chrono::milliseconds small_cases_budget) {
  const BrokenProcessor broken = make_broken_processor(name);
  int drawn = 0;
  const Report report = properties::verify_laws({&law, 1}, broken.source, broken.subject, broken.claims,
                                                {.cases = cases,
                                                 .seed = seed,
                                                 .small_cases_budget = small_cases_budget,
                                                 .progress = [&](auto, int) { ++drawn; },
                                                 .hostile = true,
                                                 .processes = processes_for(law),
                                                 .shard = fixtures::Shard()});
  const Counterexample& smallest = report.counterexample();
  LawTrial trial =
      outcome_of(law, seed, report, smallest.batch_case.pattern() + " " + smallest.observation.payload);
  trial.cases = drawn;  // the report counts only the cases that the law judged
  return small_cases_budget == no_small_cases ? trial : of_small_cases(std::move(trial), report);
}

std::string pattern_and_bodies(const fixtures::BatchCase& batch_case) {
  std::string text = batch_case.pattern();
  for (const auto& payload : fixtures::payloads_in(batch_case)) text += " " + payload.value_or("");
  return text;
}

LawTrial try_on_handler(const std::string& name, const Law& law, int cases, std::uint64_t seed,
                        std::chrono::milliseconds small_cases_budget) {
  const auto all = broken_handlers();
  const BrokenHandler& broken =
      *std::find_if(all.begin(), all.end(), [&](const BrokenHandler& one) { return one.name == name; });
  const ErasedHandler<SqsRecord> handler = [&](const SqsRecord& record, const LambdaContext&) {
    broken.handler(record);
  };
  VerifyHandlerOptions options = contract_of(broken);
  options.cases = cases;
  options.seed = seed;
  options.small_cases_budget = small_cases_budget;
  options.shard = fixtures::Shard();
  const Report report = properties::verify_erased_handler(handler, options, {&law, 1}, processes_for(law));
  LawTrial trial = outcome_of(law, seed, report, pattern_and_bodies(report.counterexample().batch_case));
  return small_cases_budget == no_small_cases ? trial : of_small_cases(std::move(trial), report);
}

/// On small batches if they have a budget.
LawTrial try_law(const Fault& fault, std::string_view id, int cases, std::uint64_t seed,
                 std::chrono::milliseconds small_cases_budget) {
  const auto try_on = fault.in_a_handler ? try_on_handler : try_on_processor;
  const auto laws = fault.in_a_handler ? handler_laws() : processor_laws();
  return try_on(fault.name, *fixtures::law_named(laws, id), cases, seed, small_cases_budget);
}

Fault fault_of(const BrokenProcessor& broken) {
  Fault fault{
      .name = broken.name, .sentence = broken.fault, .own_laws = {broken.law}, .source = broken.source};
  for (const Law& law : processor_laws()) {
    if (law.applies(broken.source, broken.claims)) fault.laws.emplace_back(law.id);
  }
  return fault;
}

Fault fault_of(const BrokenHandler& broken) {
  Fault fault{.name = broken.name, .sentence = broken.fault, .own_laws = {broken.law}, .in_a_handler = true};
  for (const Law& law : handler_laws()) {
    // A fault that ends its process can be judged only in a process of its own.
    if (broken.law != "survives" || law.id == broken.law) fault.laws.emplace_back(law.id);
  }
  return fault;
}

template <class Broken>
void add_faults(const std::vector<Broken>& all_broken, std::span<const Law> laws,
                std::vector<Fault>& faults) {
  for (const Law& law : laws) {
    for (const Broken& broken : all_broken) {
      if (broken.law != law.id) continue;
      Fault& fault = faults.emplace_back(fault_of(broken));
      fault.run = [fault](std::string_view id, int cases, std::uint64_t seed) {
        return try_law(fault, id, cases, seed, no_small_cases);
      };
    }
  }
}

/// The trials that caught a fault. Two faults with equal ones look the same.
std::vector<LawTrial> look_of(const FaultTrials& row) {
  std::vector<LawTrial> look;
  for (const auto* trials : {&row.each_law, &row.own_law}) {
    std::copy_if(trials->begin(), trials->end(), std::back_inserter(look),
                 [](const LawTrial& trial) { return trial.caught; });
  }
  return look;
}

void add_faults_that_look_the_same(const MutationMatrix& matrix, std::vector<std::string>& gaps) {
  std::vector<std::vector<LawTrial>> looks;
  for (const FaultTrials& row : matrix.rows) {
    auto look = look_of(row);
    const auto same = std::find(looks.begin(), looks.end(), look);
    if (same != looks.end()) {
      const auto& other = matrix.rows[static_cast<std::size_t>(same - looks.begin())].fault.name;
      gaps.push_back(other + " and " + row.fault.name +
                     " look the same: the same laws catch them, after as many cases, with the same "
                     "violations of the same smallest case");
    }
    looks.push_back(std::move(look));
  }
}

}  // namespace

VerifyHandlerOptions contract_of(const BrokenHandler& broken) {
  VerifyHandlerOptions options{.accepted = good_orders(),
                               .rejected = bad_orders(),
                               .before_each = broken.before_each,
                               .hostile = true};
  if (broken.check) {
    options.check = [check = broken.check](const Observation& run) { return check(run.calls); };
  }
  return options;
}

std::vector<Fault> batch_faults() {
  std::vector<Fault> faults;
  add_faults(broken_processors(), processor_laws(), faults);
  add_faults(broken_handlers(), handler_laws(), faults);
  return faults;
}

std::vector<SmallCaseTrials> small_case_trials(int cases, const std::vector<std::uint64_t>& seeds,
                                               const ZooProgress& progress) {
  std::vector<SmallCaseTrials> all;
  const auto faults = batch_faults();
  for (const Fault& fault : faults) {
    if (progress) progress(all.size() + 1, faults.size(), fault.name);
    const std::string& law = fault.own_laws.front();
    const bool by_random = std::all_of(
        seeds.begin(), seeds.end(), [&](std::uint64_t seed) { return fault.run(law, cases, seed).caught; });
    all.push_back({fault, try_law(fault, law, 1, 1, time_for_small_cases), by_random});
  }
  return all;
}

std::vector<std::string> gaps_in(const MutationMatrix& matrix) {
  std::vector<std::string> laws = fixtures::ids_of(processor_laws());
  for (std::string& id : fixtures::ids_of(handler_laws())) laws.push_back(std::move(id));
  std::vector<std::string> gaps = gaps_in(matrix, laws);
  if (matrix.shard.is_whole()) add_faults_that_look_the_same(matrix, gaps);
  return gaps;
}

}  // namespace batchproof::zoo
