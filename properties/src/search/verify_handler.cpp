#include <algorithm>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "../report/report_folder.hpp"
#include "search.hpp"

namespace batchproof::properties {
namespace {

using fixtures::Source;

Draws draws_of(Source source, const VerifyHandlerOptions& options, const Settings& settings) {
  const auto& [accepted, rejected] = std::tie(options.accepted, options.rejected);
  Draws draws{.batch = draw_payload_batches(source, accepted, rejected, settings.seed),
              .hostile = draw_hostile_cases(source, accepted, rejected, settings.seed)};
  if (settings.small_cases_budget.count() > 0)
    draws.small = std::make_shared<SmallCases>(source, settings.small_records, accepted, rejected);
  return draws;
}

/// The user's check, which may throw: a failed assertion of some other library.
std::function<std::vector<Violation>(const Observation&)> complaints_of(const VerifyHandlerOptions& options) {
  if (!options.check) return {};
  return [&options](const Observation& run) -> std::vector<Violation> {
    std::string complaint;
    const auto failure = detail::contain([&]() -> std::optional<Failure> {
      complaint = options.check(run);
      return std::nullopt;
    });
    if (failure) complaint = "the check threw: " + failure->cause;
    if (complaint.empty()) return {};
    return {std::move(complaint)};
  };
}

/// Runs the handler inside one processor of the library. The handler's own verdicts are noted: the pattern is
/// what they are judged by, never what makes them.
template <class Record, class Processor>
Observation observe_handler(const ErasedHandler<Record>& handler, const Processor& processor,
                            const fixtures::BatchCase& batch_case, std::string payload) {
  std::vector<RecordProbe::Call> calls;
  const auto noting_handler = [&](const Record& record, const LambdaContext& context) {
    auto& call = calls.emplace_back();
    call.item_identifier = record.item_identifier();
    const auto failure = detail::contain([&]() -> std::optional<Failure> {
      handler(record, context);
      return std::nullopt;
    });
    if (!failure) return;
    call.threw = true;
    call.error = failure->cause;
    std::rethrow_exception(failure->exception);
  };
  const fixtures::Subject subject = [&](std::string_view bytes, RecordProbe&) {
    return process_partial_response(bytes, noting_handler, processor,
                                    LambdaContext{.request_id = "verify_handler"});
  };
  Observation run = observe(subject, batch_case, std::move(payload));
  run.calls = std::move(calls);
  return run;
}

/// Each mode of each source of the record, and once the way to answer when every record failed.
template <class Record>
std::vector<SubjectUnderTest> subjects_of(const ErasedHandler<Record>& handler,
                                          const VerifyHandlerOptions& options, const Settings& settings) {
  std::vector<SubjectUnderTest> subjects;
  for (const Source source : fixtures::sources_of<Record>()) {
    const Draws draws = draws_of(source, options, settings);
    std::vector<fixtures::ProcessorMode> modes = fixtures::info_of(source).modes;
    if (subjects.empty()) modes.insert(modes.begin() + 1, answering_always(modes.front()));
    for (const fixtures::ProcessorMode& mode : modes) {
      SubjectUnderTest& subject = subjects.emplace_back();
      subject = {.mode = mode.name,
                 .source = source,
                 .claims = mode.claims,
                 .draws = draws,
                 .before_each = options.before_each,
                 .complaints = complaints_of(options),
                 .time_limit = resolve_time_limit(options.time_limit)};
      fixtures::with_processor_of<Record>(
          source, mode.claims, [&]<class Processor>(typename Processor::Options processor_options) {
            subject.run = [&handler, processor = Processor(std::move(processor_options))](
                              const fixtures::BatchCase& batch_case, std::string payload, Watch) {
              return observe_handler(handler, processor, batch_case, std::move(payload));
            };
          });
    }
  }
  return subjects;
}

/// A payload in both lists can be neither accepted nor rejected.
void refuse_contradiction(const VerifyHandlerOptions& options) {
  for (const std::string& payload : options.accepted) {
    if (std::find(options.rejected.begin(), options.rejected.end(), payload) != options.rejected.end()) {
      throw std::invalid_argument("verify_handler: this payload is in both lists, accepted and rejected: " +
                                  payload);
    }
  }
}

}  // namespace

template <fixtures::AnyRecord Record>
Report verify_erased_handler(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                             std::span<const Law> laws, bool uses_processes) {
  refuse_contradiction(options);
  VerificationPlan plan{.laws = laws,
                        .simplify = Simplify::records_only,
                        .settings = resolve_settings(options.cases, options.seed, options.small_cases_budget),
                        .saved_cases = load_regressions(options.regressions),
                        .regressions = options.regressions,
                        .hostile = options.hostile,
                        .uses_processes = uses_processes,
                        .time_limit = resolve_time_limit(options.time_limit)};
  plan.replay_command = replay_command(plan.settings.seed, plan.settings.cases);
  if (options.accepted.empty() && options.rejected.empty()) {
    plan.settings.cases = 0;
    plan.notes.emplace_back(
        "no payloads were given: list what the handler must accept in .accepted, and what it must reject in "
        ".rejected");
  } else if (options.rejected.empty()) {
    plan.notes.emplace_back(
        "nothing was rejected: list payloads that the handler must reject in .rejected, or a handler that "
        "accepts "
        "everything passes too");
  } else if (options.accepted.empty()) {
    plan.notes.emplace_back(
        "nothing was accepted: list payloads that the handler must accept in .accepted, or a handler that "
        "rejects "
        "everything passes too");
  }
  plan.subjects = subjects_of(handler, options, plan.settings);
  Report report = verify(plan);
  write_report_if_asked(report, fixtures::sources_of<Record>());
  return report;
}

#define BATCHPROOF_INSTANTIATE(Record)                                                                  \
  template Report verify_erased_handler(const ErasedHandler<Record>& handler,                           \
                                        const VerifyHandlerOptions& options, std::span<const Law> laws, \
                                        bool uses_processes);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::properties
