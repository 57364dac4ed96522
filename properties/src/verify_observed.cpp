#include <algorithm>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/settings.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <memory>
#include <stdexcept>
#include <utility>

#include "judge.hpp"

namespace batchproof::properties {
namespace {

std::shared_ptr<SmallCases> small_cases_of(fixtures::Source source, const Payloads& payloads) {
  const auto make_record = [source, payloads](SmallRecord record) {
    const bool has_groups = fixtures::info_of(source).delivery == fixtures::Delivery::fifo_queue;
    if (has_groups && !record.group) record.group = 3;  // beside those that a batch counts from 0
    const auto& of_verdict = record.rejected ? payloads.rejected : payloads.accepted;
    return small_record_of(source, record, of_verdict[record.position % of_verdict.size()]);
  };
  auto cases = std::make_shared<SmallCases>(source, make_record);
  if (payloads.accepted.empty()) cases->leave_out(false);
  if (payloads.rejected.empty()) cases->leave_out(true);
  return cases;
}

Trial trial_of(std::span<const Law> laws, fixtures::Source source, const ObserveCase& observe,
               const fixtures::ProcessorClaims& claims) {
  Trial trial;
  trial.laws = laws;
  trial.simplify = Simplify::records_only;
  trial.arrangements.push_back(
      {.name = "",
       .source = source,
       .claims = claims,
       .observe = [observe](const fixtures::BatchCase& batch_case, const std::string& payload,
                            Watch) { return observe(batch_case, payload); },
       .draw_batch = {}});
  return trial;
}

}  // namespace

Report verify_observed(std::span<const Law> laws, fixtures::Source source, const ObserveCase& observe,
                       const fixtures::ProcessorClaims& claims, const Payloads& payloads,
                       const VerifySettings& settings) {
  const auto [cases, seed, budget] =
      resolve_settings(settings.cases, settings.seed, settings.small_cases_budget);
  Trial trial = trial_of(laws, source, observe, claims);
  Arrangement& arrangement = trial.arrangements.front();
  arrangement.draw_batch = draw_payload_batches(source, payloads.accepted, payloads.rejected, seed);
  if (budget.count() > 0) arrangement.small_cases = small_cases_of(source, payloads);
  trial.cases = cases;
  trial.small_cases_budget = budget;
  trial.saved_cases = load_regressions(settings.regressions);
  trial.regressions = settings.regressions;
  trial.seed = seed;
  trial.progress = settings.progress;
  trial.replay_command =
      settings.replay_command.empty() ? replay_command(seed, cases) : settings.replay_command;
  return judge(trial);
}

Report replay_observed(const SavedCase& saved, const ObserveCase& observe, std::span<const Law> laws) {
  const auto law =
      std::find_if(laws.begin(), laws.end(), [&](const Law& one) { return one.id == saved.law; });
  if (law == laws.end()) throw std::invalid_argument("no such law judges this: \"" + saved.law + "\"");
  Trial trial = trial_of({&*law, 1}, saved.batch_case.source, observe, saved.claims);
  trial.saved_cases.push_back(saved);
  trial.replay_command = "batchproof replay " + saved.path;
  return judge(trial);
}

}  // namespace batchproof::properties
