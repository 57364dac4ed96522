#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <memory>
#include <stdexcept>
#include <utility>

#include <batchproof/properties/settings.hpp>
#include "judge.hpp"
#include "report_folder.hpp"

namespace batchproof::properties {
namespace {

Trial trial_of(std::span<const Law> laws, fixtures::Source source, const fixtures::Subject& subject,
               const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  const auto [cases, seed, budget] =
      resolve_settings(settings.cases, settings.seed, settings.small_cases_budget);
  Arrangement arrangement{
      .name = "",
      .source = source,
      .claims = claims,
      .observe = [&subject](const fixtures::BatchCase& batch_case, std::string payload,
                            Watch watch) { return observe(subject, batch_case, std::move(payload), watch); },
      .draw_batch = draw_batches(source, settings.largest_batch, seed),
      .draw_damaged = draw_damaged_payloads(source, seed)};
  if (budget.count() > 0) {
    arrangement.small_cases = std::make_shared<SmallCases>(
        source, [source](const SmallRecord& record) { return plain_small_record(source, record); });
  }
  Trial trial;
  trial.laws = laws;
  trial.arrangements.push_back(std::move(arrangement));
  trial.cases = cases;
  trial.small_cases_budget = budget;
  trial.saved_cases = load_regressions(settings.regressions);
  trial.regressions = settings.regressions;
  trial.seed = seed;
  trial.progress = settings.progress;
  trial.replay_command =
      settings.replay_command.empty() ? replay_command(seed, cases) : settings.replay_command;
  return trial;
}

}  // namespace

Report verify_laws(std::span<const Law> laws, fixtures::Source source, const fixtures::Subject& subject,
                   const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  return judge(trial_of(laws, source, subject, claims, settings));
}

Report replay_regression(const SavedCase& saved, const fixtures::Subject& subject) {
  const Law* const law = find_law(saved.law);
  if (law == nullptr)
    throw std::invalid_argument("there is no law of processors called \"" + saved.law + "\"");
  Trial trial = trial_of({law, 1}, saved.batch_case.source, subject, saved.claims,
                         {.cases = 0, .seed = 0, .replay_command = "batchproof replay " + saved.path});
  trial.saved_cases.push_back(saved);
  return judge(trial);
}

Report verify_processor(fixtures::Source source, const fixtures::Subject& subject,
                        const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  Trial trial = trial_of(processor_laws(), source, subject, claims, settings);
  trial.not_applicable.assign(laws_seen_from_inside().begin(), laws_seen_from_inside().end());
  Report report = judge(trial);
  write_report_if_asked(report, {source});
  return report;
}

}  // namespace batchproof::properties
