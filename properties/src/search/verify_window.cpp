#include <algorithm>
#include <batchproof/fixtures/record_fields.hpp>
#include <batchproof/properties/laws.hpp>
#include <batchproof/properties/verify_window.hpp>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "../report/report_folder.hpp"
#include "child_process.hpp"
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

/// How many copies of this process are made before small batches, and how many before larger ones. A copy
/// takes longer than all runs of a case.
constexpr int most_copies = 8;
constexpr std::size_t records_of_a_small_event = 3;

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
  if (!run.response) {
    const bool has_records = !batch_case.records.empty();
    return std::string("the invocation fails") + (has_records ? ", and all its records come again: " : ": ") +
           run.error;
  }
  if (copy && is_kept_in_memory(*copy, run)) {
    return "the state is another one after an earlier invocation with these records: a static object, or one "
           "that the functions capture, keeps something of them; an engine of random numbers is seeded in "
           ".before_each";
  }
  return wrong_in_parts(functions, batch_case, run, records_of_state(batch_case, run));
}

/// Adds to each first run of a batch what the comparison of its state with others shows. Sets
/// `can_copy` to false when a copy of this process was needed, and must not be made.
void compare_states(SubjectUnderTest& subject, const AnswerWindow& answer,
                    const VerifyHandlerOptions& options, bool& can_copy) {
  constexpr int most_parts_of_limit = 10;  // for one run of the event, since a comparison takes several
  const WindowFunctions functions{answer, options.before_each};
  const auto fields = std::make_shared<fixtures::RecordFields>("verify_window: .record_fields",
                                                               subject.source, options.record_fields);
  subject.run = [=, &can_copy, run = subject.run, limit = subject.time_limit, small = most_copies,
                 large = most_copies](const Case& one, Watch watch) mutable {
    if (watch != Watch::all || one.is_damaged || one.batch.has_unknown_verdicts()) return run(one, watch);
    const BatchCase sent = fields->added_to(one.batch);
    const auto& records = sent.records;
    int& copies = records.size() <= records_of_a_small_event ? small : large;
    std::optional<StatesInCopy> copy;
    if (!records.empty() && !records.front().rejected && copies > 0) {
      --copies;
      can_copy = can_copy && may_be_copied();
      if (can_copy) copy = states_in_copy(functions, sent.payload(), limit);
    }
    const auto began = std::chrono::steady_clock::now();
    Observation seen = run(one, watch);
    const bool is_slow = std::chrono::steady_clock::now() - began > limit / most_parts_of_limit;
    if (!seen.threw_event_error && (!is_slow || !seen.response))
      seen.wrong_state = wrong_in_state(functions, sent, seen, copy);
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
  const NamedProcessor own{.name = std::string(mode_of_window_functions),
                           .answer = [&](std::string_view payload,
                                         HandlerCalls& calls) { return answer(payload, calls).response; },
                           .source = source,
                           .claims = claims_of_windows};
  const ErasedHandler<Record> no_handler;
  VerificationPlan plan = plan_of_handler(no_handler, options, window_laws(), Processes::any, own);
  bool can_copy = true;
  compare_states(plan.subjects.front(), answer, options, can_copy);
  Report report = verify(plan);
  if (!can_copy && report.passed()) {
    report.add_note(
        "the program has threads or an open connection, so that it was not judged whether the fold and the "
        "finish keep something in memory");
  }
  write_report_if_asked(report, {source});
  return report;
}

template Report verify_erased_window<KinesisStreamRecord>(const AnswerWindow& answer,
                                                          const VerifyHandlerOptions& options);
template Report verify_erased_window<DynamoDbRecord>(const AnswerWindow& answer,
                                                     const VerifyHandlerOptions& options);

}  // namespace batchproof::properties
