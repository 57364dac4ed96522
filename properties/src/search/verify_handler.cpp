#include <array>
#include <batchproof/fixtures/invocation_context.hpp>
#include <batchproof/fixtures/library_processor.hpp>
#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/fixtures/record_types.hpp>
#include <batchproof/fixtures/source_info.hpp>
#include <batchproof/properties/handler_calls.hpp>
#include <batchproof/properties/verify.hpp>
#include <batchproof/properties/verify_observed.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "../report/report_folder.hpp"
#include "handler_plan.hpp"
#include "search.hpp"

namespace batchproof::properties {
namespace {

using fixtures::Source;

Payloads payloads_of(const VerifyHandlerOptions& options) {
  return {options.accepted, options.rejected, options.classify, options.near_misses,
          !fixtures::fix_the_kind_of_change(options.record_fields)};
}

Draws draws_of(Source source, const VerifyHandlerOptions& options, const Settings& settings) {
  return draws_for_handler(source, payloads_of(options), options.largest_batch, settings, options.hostile);
}

/// Runs a batch, whose records also have these fields, through a processor, and records the handler's own
/// verdicts. The pattern only judges them; it does not make them.
Observation observe_handler(const AnswerBatch& answer, fixtures::RecordFields& fields, const Case& one) {
  HandlerCalls calls;
  const fixtures::Subject subject = [&](std::string_view bytes, RecordProbe&) {
    return answer(bytes, calls);
  };
  const bool is_as_drawn = fields.empty() || one.is_damaged;
  Observation run =
      observe(subject, one.batch, is_as_drawn ? one.payload : fields.added_to(one.batch).payload());
  run.calls = calls.take();
  return run;
}

/// For all modes of the source, which run the same records.
std::shared_ptr<fixtures::RecordFields> fields_of(Source source, const VerifyHandlerOptions& options) {
  return std::make_shared<fixtures::RecordFields>("verify_handler: .record_fields", source,
                                                  options.record_fields);
}

SubjectUnderTest under_test(std::string mode, Source source, const VerifyHandlerOptions& options,
                            const Draws& draws, std::shared_ptr<fixtures::RecordFields> fields,
                            AnswerBatch answer) {
  SubjectUnderTest subject{.mode = std::move(mode), .source = source, .claims = {}};
  subject.run = [answer = std::move(answer), fields = std::move(fields)](const Case& one, Watch) {
    return observe_handler(answer, *fields, one);
  };
  subject.draws = draws;
  subject.before_each = options.before_each;
  if (options.check)
    subject.complaints = [&options](const Observation& run) { return complaints_of(options.check, run); };
  subject.time_limit = resolve_time_limit(options.time_limit);
  subject.shows_calls = true;
  return subject;
}

/// The context of the invocation with this payload. It has a minute or more, since many handlers refuse
/// records when little time is left.
LambdaContext context_of(std::string_view payload) {
  constexpr std::array<std::chrono::seconds, 3> times{std::chrono::seconds(60), std::chrono::seconds(300),
                                                      std::chrono::seconds(900)};
  return fixtures::new_invocation_context(times[payload.size() % times.size()]);
}

/// The sources whose records the handler gets.
template <class Record>
std::vector<Source> sources_of(const VerifyHandlerOptions& options) {
  if (options.fifo) return {fixtures::source_of<Record>(true)};
  return fixtures::sources_of<Record>();
}

/// Each mode of each of these sources; the option to answer when every record failed comes only once.
template <class Record>
std::vector<SubjectUnderTest> modes_of(const ErasedHandler<Record>& handler,
                                       const VerifyHandlerOptions& options, const Settings& settings) {
  std::vector<SubjectUnderTest> subjects;
  for (const Source source : sources_of<Record>(options)) {
    const Draws draws = draws_of(source, options, settings);
    const auto fields = fields_of(source, options);
    std::vector<fixtures::ProcessorMode> modes = fixtures::info_of(source).modes;
    if (subjects.empty()) modes.insert(modes.begin() + 1, answering_always(modes.front()));
    std::size_t turn = 0;
    for (const fixtures::ProcessorMode& mode : modes) {
      fixtures::with_processor_of<Record>(
          source, mode.claims, [&]<class Processor>(typename Processor::Options processor_options) {
            AnswerBatch answer = [&handler, processor = Processor(std::move(processor_options))](
                                     std::string_view payload, HandlerCalls& calls) {
              return process_partial_response(payload, note_calls<Record>(handler, calls), processor,
                                              context_of(payload));
            };
            subjects.push_back(under_test(mode.name, source, options, draws, fields, std::move(answer)));
            subjects.back().claims = mode.claims;
            subjects.back().turn = turn;
            subjects.back().turns = modes.size();
          });
      ++turn;
    }
  }
  return subjects;
}

}  // namespace

template <fixtures::AnyRecord Record>
VerificationPlan plan_of_handler(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                                 std::span<const Law> laws, Processes processes, const NamedProcessor& own) {
  fixtures::refuse_contradiction("verify_handler", options.accepted, options.rejected);
  refuse_other_verdicts("verify_handler", payloads_of(options));
  VerificationPlan plan = plan_without_subjects(laws, settings_of(options, processes));
  plan.simplify = Simplify::values;
  plan.same_in_shards = options.record_fields;
  plan.notes = notes_on_lists(payloads_of(options), "handler");
  if (options.accepted.empty() && options.rejected.empty()) plan.settings.cases = 0;
  if (handler) plan.subjects = modes_of(handler, options, plan.settings);
  if (own.answer) {
    const Source source = own.source.value_or(fixtures::source_of<Record>(options.fifo));
    plan.subjects.push_back(under_test(own.name, source, options, draws_of(source, options, plan.settings),
                                       fields_of(source, options), own.answer));
    plan.subjects.back().claims = own.claims;
  }
  return plan;
}

template <fixtures::AnyRecord Record>
Report verify_erased_handler(const ErasedHandler<Record>& handler, const VerifyHandlerOptions& options,
                             std::span<const Law> laws, Processes processes, const NamedProcessor& own) {
  std::vector<Source> sources = sources_of<Record>(options);
  if (own.answer && !handler) sources = {fixtures::source_of<Record>(options.fifo)};
  Report report = verify(plan_of_handler(handler, options, laws, processes, own));
  write_report_if_asked(report, std::move(sources));
  return report;
}

#define BATCHPROOF_INSTANTIATE(Record)                                                                      \
  template VerificationPlan plan_of_handler(const ErasedHandler<Record>& handler,                           \
                                            const VerifyHandlerOptions& options, std::span<const Law> laws, \
                                            Processes processes, const NamedProcessor& own);                \
  template Report verify_erased_handler(const ErasedHandler<Record>& handler,                               \
                                        const VerifyHandlerOptions& options, std::span<const Law> laws,     \
                                        Processes processes, const NamedProcessor& own);
BATCHPROOF_FOR_EACH_RECORD_TYPE(BATCHPROOF_INSTANTIATE)
#undef BATCHPROOF_INSTANTIATE

}  // namespace batchproof::properties
