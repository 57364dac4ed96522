#include <algorithm>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/replay.hpp>
#include <batchproof/properties/verify.hpp>
#include <memory>
#include <stdexcept>
#include <utility>

#include <batchproof/properties/settings.hpp>
#include "judge.hpp"
#include "report_folder.hpp"

namespace batchproof::properties {
namespace {

using fixtures::ProcessorClaims;
using fixtures::Source;

/// What is drawn for one source.
struct Cases {
  DrawBatch draw_batch;
  DrawDamaged draw_hostile;
  std::shared_ptr<SmallCases> small_cases;
};

Cases cases_of(Source source, const VerifyHandlerOptions& options, const Settings& settings) {
  const auto make_record = [source, accepted = options.accepted,
                            rejected = options.rejected](const SmallRecord& record) {
    const auto& payloads = record.rejected ? rejected : accepted;
    return small_record_of(source, record, payloads[record.position % payloads.size()]);
  };
  Cases cases{draw_payload_batches(source, options.accepted, options.rejected, settings.seed),
              draw_hostile_cases(source, options.accepted, options.rejected, settings.seed), nullptr};
  if (settings.small_cases_budget.count() == 0) return cases;
  cases.small_cases = std::make_shared<SmallCases>(source, make_record);
  if (options.accepted.empty()) cases.small_cases->leave_out(false);
  if (options.rejected.empty()) cases.small_cases->leave_out(true);
  return cases;
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

/// The handler inside one processor of the library. The handler's own verdicts are noted: the pattern is what
/// they are judged by, never what makes them.
template <class Record, class Processor>
Arrangement arrange(const std::string& name, Source source, const ProcessorClaims& claims,
                    Processor processor, const ErasedHandler<Record>& handler, const Cases& cases) {
  auto observe_handler = [processor = std::move(processor), &handler](const fixtures::BatchCase& batch_case,
                                                                      std::string payload, Watch) {
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
    Observation observation = observe(subject, batch_case, std::move(payload));
    observation.calls = std::move(calls);
    return observation;
  };
  return {.name = name,
          .source = source,
          .claims = claims,
          .observe = std::move(observe_handler),
          .draw_batch = cases.draw_batch,
          .draw_hostile = cases.draw_hostile,
          .small_cases = cases.small_cases};
}

/// Each mode of each source of the record, and once the way to answer when every record failed.
template <class Record>
std::vector<Arrangement> modes_of(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                                  const Settings& settings) {
  std::vector<Arrangement> arrangements;
  for (const Source source : fixtures::sources_of<Record>()) {
    const Cases cases = cases_of(source, options, settings);
    std::vector<fixtures::ProcessorMode> modes = fixtures::info_of(source).modes;
    if (arrangements.empty()) modes.insert(modes.begin() + 1, answering_always(modes.front()));
    for (const fixtures::ProcessorMode& mode : modes) {
      arrangements.push_back(fixtures::with_processor_of<Record>(
          source, mode.claims, [&]<class Processor>(typename Processor::Options processor_options) {
            return arrange(mode.name, source, mode.claims, Processor(std::move(processor_options)), handler,
                           cases);
          }));
    }
  }
  return arrangements;
}

std::vector<Source> sources_of(const std::vector<Arrangement>& arrangements) {
  std::vector<Source> sources;
  for (const Arrangement& arrangement : arrangements) {
    const bool known = std::find(sources.begin(), sources.end(), arrangement.source) != sources.end();
    if (!known) sources.push_back(arrangement.source);
  }
  return sources;
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

template <class Record>
Report verify(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
              std::span<const Law> laws) {
  refuse_contradiction(options);
  const Settings settings = resolve_settings(options.cases, options.seed, options.small_cases_budget);
  Trial trial;
  trial.laws = laws;
  trial.simplify = Simplify::records_only;
  trial.cases = options.accepted.empty() && options.rejected.empty() ? 0 : settings.cases;
  trial.small_cases_budget = settings.small_cases_budget;
  trial.saved_cases = load_regressions(options.regressions);
  trial.regressions = options.regressions;
  trial.seed = settings.seed;
  trial.replay_command = replay_command(settings.seed, settings.cases);
  trial.arrangements = modes_of(handler, options, settings);
  for (Arrangement& arrangement : trial.arrangements) {
    arrangement.before_each = options.before_each;
    arrangement.complaints = complaints_of(options);
  }
  Report report = judge(trial);
  write_report_if_asked(report, sources_of(trial.arrangements));
  return report;
}

}  // namespace

template <fixtures::AnyRecord Record>
Report verify_erased_handler(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                             std::span<const Law> laws) {
  return verify(handler, options, laws);
}

#define BATCHPROOF_INSTANTIATE(Record)                                        \
  template Report verify_erased_handler(const ErasedHandler<Record>& handler, \
                                        const VerifyHandlerOptions& options, std::span<const Law> laws);
BATCHPROOF_FOR_EACH_PROVEN_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::properties
