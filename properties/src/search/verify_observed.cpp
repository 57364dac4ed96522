#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/settings.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <memory>
#include <stdexcept>
#include <utility>

#include "search.hpp"

namespace batchproof::properties {
namespace {

VerificationPlan plan_of(std::span<const Law> laws, fixtures::Source source, const ObserveCase& observe,
                         const fixtures::ProcessorClaims& claims) {
  VerificationPlan plan{.laws = laws, .simplify = Simplify::records_only};
  SubjectUnderTest& subject = plan.subjects.emplace_back();
  subject.source = source;
  subject.claims = claims;
  subject.run = [observe](const fixtures::BatchCase& batch_case, const std::string& payload, Watch) {
    return observe(batch_case, payload);
  };
  return plan;
}

}  // namespace

Report verify_observed(std::span<const Law> laws, fixtures::Source source, const ObserveCase& observe,
                       const fixtures::ProcessorClaims& claims, const Payloads& payloads,
                       const VerifySettings& settings) {
  VerificationPlan plan = plan_of(laws, source, observe, claims);
  plan.settings = resolve_settings(settings.cases, settings.seed, settings.small_cases_budget);
  plan.saved_cases = load_regressions(settings.regressions);
  plan.regressions = settings.regressions;
  plan.progress = settings.progress;
  plan.replay_command = settings.replay_command.empty()
                            ? replay_command(plan.settings.seed, plan.settings.cases)
                            : settings.replay_command;
  plan.hostile = settings.hostile.value_or(false);
  Draws& draws = plan.subjects.front().draws;
  draws.batch = draw_payload_batches(source, payloads.accepted, payloads.rejected, settings.largest_batch,
                                     plan.settings.seed, plan.hostile);
  if (plan.settings.small_cases_budget.count() > 0)
    draws.small = std::make_shared<SmallCases>(source, plan.settings.small_records, plan.hostile,
                                               payloads.accepted, payloads.rejected);
  return verify(plan);
}

Report replay_observed(const SavedCase& saved, const ObserveCase& observe, std::span<const Law> laws) {
  const Law* const law = law_named(laws, saved.law);
  if (law == nullptr) throw std::invalid_argument("no such law judges this: \"" + saved.law + "\"");
  VerificationPlan plan = plan_of({law, 1}, saved.batch_case.source, observe, saved.claims);
  plan.saved_cases.push_back(saved);
  plan.replay_command = "batchproof replay " + saved.path;
  return verify(plan);
}

}  // namespace batchproof::properties
