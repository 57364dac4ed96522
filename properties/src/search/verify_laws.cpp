#include <batchproof/fixtures/payloads.hpp>
#include <batchproof/fixtures/seen_fields.hpp>
#include <batchproof/properties/judge_batch.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_laws.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "../report/report_folder.hpp"
#include "experiments.hpp"
#include "search.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;

SubjectUnderTest under_test(fixtures::Source source, const fixtures::Subject& subject,
                            const fixtures::ProcessorClaims& claims) {
  SubjectUnderTest verified{.source = source, .claims = claims};
  verified.has_probe = true;
  verified.run = [&subject](const Case& one, Watch watch) {
    return observe(subject, one.batch, one.payload, watch);
  };
  return verified;
}

SubjectUnderTest under_test(fixtures::Source source, const fixtures::ProcessorClaims& claims,
                            const ObserveCase& observe) {
  SubjectUnderTest observed{.source = source, .claims = claims};
  observed.run = [observe](const Case& one, Watch) { return observe(one.batch, one.payload); };
  return observed;
}

/// Alone, a record is rejected if the service delivers it again. Each payload is asked about once.
void learn_by_runs_alone(SubjectUnderTest& subject) {
  subject.learn = [asked = subject, known = std::map<std::string, bool>()](BatchCase& batch) mutable {
    if (!batch.has_unknown_verdicts()) return;
    const auto payloads = fixtures::payloads_in(batch);
    for (std::size_t index = 0; index < batch.records.size(); ++index) {
      fixtures::CaseRecord& record = batch.records[index];
      if (!record.verdict_unknown) continue;
      const auto [entry, is_new] = known.try_emplace(payloads[index].value_or(record.json));
      if (is_new) {
        const BatchCase alone = record_alone(batch, index);
        const Observation run = run_once(asked, Case(alone));
        entry->second = Evidence(alone, asked.claims, run).comes_again(0);
      }
      record.rejected = entry->second;
    }
  };
}

std::optional<ViolatedLaw> judge(std::span<const Law> laws, const SubjectUnderTest& subject,
                                 const Case& one) {
  std::optional<ViolatedLaw> violated;
  judge_case(subject, laws, one, [&](const Law& law, const Evidence& evidence) {
    auto violations = violations_of(law, evidence);
    if (violations.empty()) return false;
    violated = ViolatedLaw{&law, std::move(violations), one.batch.pattern(), one.payload};
    return true;
  });
  return violated;
}

VerificationPlan plan_of(std::span<const Law> laws, SubjectUnderTest verified, const VerifySettings& settings,
                         bool hostile_by_default) {
  VerificationPlan plan = plan_without_subjects(laws, settings);
  plan.hostile = settings.hostile.value_or(hostile_by_default);
  verified.time_limit = plan.time_limit;
  verified.begin_anew = settings.begin_anew;
  plan.subjects.push_back(std::move(verified));
  return plan;
}

VerificationPlan plan_of(std::span<const Law> laws, fixtures::Source source, const fixtures::Subject& subject,
                         const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  VerificationPlan plan = plan_of(laws, under_test(source, subject, claims), settings, true);
  plan.subjects.front().draws =
      draws_for_processor(source, settings.largest_batch, plan.settings, plan.hostile, settings.odd_fields);
  return plan;
}

VerifySettings settings_of_replay(const SavedCase& saved) {
  return {.cases = 0,
          .seed = 0,
          .replay_command = "batchproof replay " + quoted_for_shell(saved.path),
          .shard = fixtures::Shard()};
}

}  // namespace

std::optional<ViolatedLaw> judge_batch(std::span<const Law> laws, const fixtures::Subject& subject,
                                       const fixtures::ProcessorClaims& claims, const BatchCase& batch) {
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
  const Law* const law = law_named(processor_laws(), saved.law);
  if (law == nullptr)
    throw std::invalid_argument("there is no law of processors called \"" + saved.law + "\"");
  VerificationPlan plan =
      plan_of({law, 1}, saved.batch_case.source, subject, saved.claims, settings_of_replay(saved));
  if (law->experiment == Experiment::in_child) plan.processes = Processes::forked;
  plan.saved_cases.push_back(saved);
  return verify(plan);
}

Report verify_schedules(std::span<const Law> laws, fixtures::Source source, const ObserveSchedule& observe,
                        const fixtures::ProcessorClaims& claims, const VerifySettings& settings,
                        const std::optional<Payloads>& payloads) {
  constexpr std::size_t tried_schedules = 100;
  VerificationPlan plan =
      plan_of(laws, SubjectUnderTest{.source = source, .claims = claims}, settings, false);
  SubjectUnderTest& subject = plan.subjects.front();
  subject.run = [observe](const Case& one, Watch) { return observe(one.batch, one.payload, one.schedule); };
  subject.schedules = tried_schedules;
  const std::uint64_t seed = plan.settings.seed;
  const auto on_schedules = [seed](DrawCase draw) -> DrawCase {
    if (!draw) return draw;
    return [seed, draw = std::move(draw)](std::size_t number) {
      std::optional<Case> drawn = draw(number);
      if (drawn) drawn->schedule.seed = seed ^ number;
      return drawn;
    };
  };
  if (!payloads) {
    subject.draws.batch = on_schedules(draw_batches(source, settings.largest_batch, seed, plan.hostile));
  } else {
    fixtures::refuse_contradiction("verify_concurrency", payloads->accepted, payloads->rejected);
    refuse_other_verdicts("verify_concurrency", *payloads);
    plan.simplify = Simplify::values;
    plan.notes = notes_on_lists(*payloads, "handler");
    if (payloads->accepted.empty() && payloads->rejected.empty()) plan.settings.cases = 0;
    subject.draws.choices = choices_of_observed(*payloads, seed);
    subject.draws.batch =
        on_schedules(draw_payload_batches(source, *payloads, 0, settings.largest_batch, seed, plan.hostile));
    subject.draws.near_miss = on_schedules(draw_near_misses(source, *payloads, settings.largest_batch, seed));
    learn_by_runs_alone(subject);
  }
  plan.settings.small_cases_budget = std::chrono::milliseconds(0);
  return verify(plan);
}

Report verify_observed(std::span<const Law> laws, fixtures::Source source, const ObserveCase& observe,
                       const fixtures::ProcessorClaims& claims, const Payloads& payloads,
                       const VerifySettings& settings) {
  refuse_other_verdicts("verify_observed", payloads);
  VerificationPlan plan = plan_of(laws, under_test(source, claims, observe), settings, false);
  plan.simplify = Simplify::values;
  learn_by_runs_alone(plan.subjects.front());
  plan.subjects.front().draws =
      draws_for_observed(source, payloads, settings.largest_batch, plan.settings, plan.hostile);
  return verify(plan);
}

Report replay_observed(const SavedCase& saved, const ObserveCase& observe, std::span<const Law> laws) {
  const Law* const law = law_named(laws, saved.law);
  if (law == nullptr) throw std::invalid_argument("no such law judges this: \"" + saved.law + "\"");
  VerificationPlan plan = plan_of({law, 1}, under_test(saved.batch_case.source, saved.claims, observe),
                                  settings_of_replay(saved), false);
  plan.saved_cases.push_back(saved);
  plan.simplify = Simplify::records_only;
  learn_by_runs_alone(plan.subjects.front());
  return verify(plan);
}

Report verify_processor(fixtures::Source source, const fixtures::Subject& subject,
                        const fixtures::ProcessorClaims& claims, const VerifySettings& settings) {
  VerifySettings of_a_stranger = settings;
  if (!settings.hostile) of_a_stranger.hostile = false;
  VerificationPlan plan = plan_of(processor_laws(), source, subject, claims, of_a_stranger);
  plan.not_applicable.assign(laws_seen_from_inside().begin(), laws_seen_from_inside().end());
  Report report = verify(plan);
  write_report_if_asked(report, {source});
  return report;
}

}  // namespace batchproof::properties
