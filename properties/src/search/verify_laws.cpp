#include <batchproof/properties/judge_batch.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <memory>
#include <stdexcept>
#include <utility>

#include "../report/report_folder.hpp"
#include "experiments.hpp"
#include "search.hpp"

namespace batchproof::properties {
namespace {

SubjectUnderTest under_test(fixtures::Source source, const fixtures::Subject& subject,
                            const fixtures::ProcessorClaims& claims) {
  SubjectUnderTest verified{.source = source, .claims = claims};
  verified.run = [&subject](const fixtures::BatchCase& batch_case, std::string payload, Watch watch) {
    return observe(subject, batch_case, std::move(payload), watch);
  };
  return verified;
}

std::optional<ViolatedLaw> judge(std::span<const Law> laws, const SubjectUnderTest& subject,
                                 const Case& one) {
  std::optional<ViolatedLaw> violated;
  judge_case(subject, laws, one, [&](const Law& law, const Evidence& evidence) {
    if (!law.judges(evidence)) return false;
    auto violations = law.violations(evidence);
    if (violations.empty()) return false;
    violated = ViolatedLaw{&law, std::move(violations), one.batch.pattern(), one.payload};
    return true;
  });
  return violated;
}

VerificationPlan plan_of(std::span<const Law> laws, fixtures::Source source, const fixtures::Subject& subject,
                         const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  VerificationPlan plan{
      .laws = laws,
      .settings = resolve_settings(settings.cases, settings.seed, settings.small_cases_budget),
      .saved_cases = load_regressions(settings.regressions),
      .regressions = settings.regressions,
      .progress = settings.progress,
      .replay_command = settings.replay_command,
      .hostile = settings.hostile.value_or(true),
      .uses_processes = settings.uses_processes,
      .time_limit = resolve_time_limit(settings.time_limit)};
  if (plan.replay_command.empty())
    plan.replay_command = replay_command(plan.settings.seed, plan.settings.cases);
  SubjectUnderTest& verified = plan.subjects.emplace_back(under_test(source, subject, claims));
  verified.draws = {.batch = draw_batches(source, settings.largest_batch, plan.settings.seed),
                    .damaged = draw_damaged_payloads(source, plan.settings.seed)};
  verified.draws.hostile = [batch = verified.draws.batch,
                            damaged = verified.draws.damaged](std::size_t number) {
    return number % 2 == 0 ? batch(number) : damaged(number);
  };
  verified.time_limit = plan.time_limit;
  if (plan.settings.small_cases_budget.count() > 0)
    verified.draws.small = std::make_shared<SmallCases>(source, plan.settings.small_records);
  return plan;
}

}  // namespace

std::optional<ViolatedLaw> judge_batch(std::span<const Law> laws, const fixtures::Subject& subject,
                                       const fixtures::ProcessorClaims& claims,
                                       const fixtures::BatchCase& batch) {
  return judge(laws, under_test(batch.source, subject, claims), Case(batch));
}

std::optional<ViolatedLaw> judge_payload(std::span<const Law> laws, const fixtures::Subject& subject,
                                         fixtures::Source source, const fixtures::ProcessorClaims& claims,
                                         std::string payload, std::size_t pattern) {
  return judge(laws, under_test(source, subject, claims), readable_case(std::move(payload), source, pattern));
}

Report verify_laws(std::span<const Law> laws, fixtures::Source source, const fixtures::Subject& subject,
                   const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  return verify(plan_of(laws, source, subject, claims, settings));
}

Report replay_regression(const SavedCase& saved, const fixtures::Subject& subject) {
  const Law* const law = find_law(saved.law);
  if (law == nullptr)
    throw std::invalid_argument("there is no law of processors called \"" + saved.law + "\"");
  VerificationPlan plan =
      plan_of({law, 1}, saved.batch_case.source, subject, saved.claims,
              {.cases = 0, .seed = 0, .replay_command = "batchproof replay " + saved.path});
  plan.saved_cases.push_back(saved);
  return verify(plan);
}

Report verify_processor(fixtures::Source source, const fixtures::Subject& subject,
                        const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  VerificationPlan plan = plan_of(processor_laws(), source, subject, claims, settings);
  plan.hostile = settings.hostile.value_or(false);
  plan.not_applicable.assign(laws_seen_from_inside().begin(), laws_seen_from_inside().end());
  Report report = verify(plan);
  write_report_if_asked(report, {source});
  return report;
}

}  // namespace batchproof::properties
