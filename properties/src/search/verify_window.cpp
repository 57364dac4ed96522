#include <algorithm>
#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/verify_window.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "../report/report_folder.hpp"
#include "experiments.hpp"
#include "handler_plan.hpp"
#include "search.hpp"
#include "window_states.hpp"

namespace batchproof::properties {
namespace {

using fixtures::BatchCase;
using fixtures::Source;

/// What `process_window` claims.
constexpr fixtures::ProcessorClaims claims_of_windows{.raise_on_entire_batch_failure = false,
                                                      .stop_on_first_failure = true};

/// A copy takes longer than all runs of a case, and what is kept in memory shows soon.
constexpr int most_copies = 16;

/// The records before the checkpoint of an answer to the batch.
std::size_t records_of_state(const BatchCase& batch_case, const Observation& run) {
  const Evidence evidence(batch_case, claims_of_windows, run);
  std::size_t count = 0;
  while (count < batch_case.records.size() && !evidence.comes_again(count)) ++count;
  return count;
}

/// What is wrong with the state of this run, in a sentence, or nothing.
std::string wrong_in_state(const WindowFunctions& functions, const BatchCase& batch_case,
                           const Observation& run, const std::optional<StatesInCopy>& copy) {
  if (!run.response) return "the invocation fails, and all its records come again: " + run.error;
  if (copy && is_kept_in_memory(*copy, run)) {
    return "the state is another one after an earlier invocation with these records: a static object, or one "
           "that the functions capture, keeps something of them";
  }
  return wrong_in_parts(functions, run, records_of_state(batch_case, run));
}

/// Adds to each first run of a batch what the comparison of its state with others shows.
void compare_states(SubjectUnderTest& subject, const AnswerWindow& answer,
                    const VerifyHandlerOptions& options) {
  constexpr int most_runs = 6;  // of the events of one comparison
  subject.time_limit *= most_runs;
  const WindowFunctions functions{answer, options.before_each};
  const auto fields = std::make_shared<fixtures::RecordFields>("verify_window: .record_fields",
                                                               subject.source, options.record_fields);
  subject.run = [=, run = subject.run, limit = subject.time_limit, copies = most_copies](
                    const Case& one, Watch watch) mutable {
    if (watch != Watch::all || one.is_damaged || one.batch.has_unknown_verdicts()) return run(one, watch);
    std::optional<StatesInCopy> copy;
    if (copies-- > 0) copy = states_in_copy(functions, fields->added_to(one.batch).payload(), limit);
    Observation seen = run(one, watch);
    if (seen.threw_event_error) return seen;
    seen.wrong_state = wrong_in_state(functions, one.batch, seen, copy);
    return seen;
  };
}

}  // namespace

std::span<const Law> window_laws() noexcept {
  static const std::vector<Law> laws = [] {
    std::vector<Law> all(handler_laws().begin(), handler_laws().end());
    all.push_back(window_of_own_state);
    return all;
  }();
  return laws;
}

template <fixtures::AnyRecord Record>
Report verify_erased_window(const AnswerWindow& answer, const VerifyHandlerOptions& options) {
  constexpr Source source = fixtures::window_source_of<Record>();
  const NamedProcessor own{.name = "process_window",
                           .answer = [&](std::string_view payload,
                                         HandlerCalls& calls) { return answer(payload, calls).response; },
                           .source = source,
                           .claims = claims_of_windows};
  const ErasedHandler<Record> no_handler;
  VerificationPlan plan = plan_of_handler(no_handler, options, window_laws(), Processes::any, own);
  compare_states(plan.subjects.front(), answer, options);
  Report report = verify(plan);
  write_report_if_asked(report, {source});
  return report;
}

template Report verify_erased_window<KinesisStreamRecord>(const AnswerWindow& answer,
                                                          const VerifyHandlerOptions& options);
template Report verify_erased_window<DynamoDbRecord>(const AnswerWindow& answer,
                                                     const VerifyHandlerOptions& options);

}  // namespace batchproof::properties
