#include "note_of_run.hpp"

#include <algorithm>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/properties/field_that_explains.hpp>

#include "expected_run.hpp"

namespace batchproof::blackbox {
namespace {

std::string names_sent(const RenamedBatch& batch) {
  constexpr std::size_t most_names = 5;
  std::string text = "the function got ";
  for (std::size_t place = 0; place < std::min(most_names, batch.names().size()); ++place) {
    const RenamedBatch::Name& name = batch.names()[place];
    text.append(place == 0 ? "" : ", ").append(name.own).append(" as ").append(name.sent);
  }
  return text + (batch.names().size() > most_names ? ", ..." : "");
}

std::string late_answer(const FunctionRun& run, std::chrono::milliseconds time_limit) {
  return "it answered after " + std::to_string(run.took.count()) + " ms of the " +
         std::to_string(time_limit.count()) +
         " ms of an invocation; one that stops near its deadline needs more time (time_limit, --time-limit) "
         "or "
         "smaller batches (largest_batch, --largest-batch)";
}

/// Without a limit the function may work longer than its answer is awaited.
std::string_view note_on_limit(const FunctionRuns& runs) {
  if (runs.has_time_limit()) {
    return "the limit is that of an invocation (time_limit, --time-limit); a slow function also gets by with "
           "smaller batches (largest_batch, --largest-batch)";
  }
  return "an answer must come within this time, and the function is told that it has 60 s: a slow one, or "
         "one "
         "that works until its deadline, needs a limit (time_limit, --time-limit); a slow one also gets by "
         "with "
         "smaller batches (largest_batch, --largest-batch)";
}

}  // namespace

std::string note_of(const FunctionRun& run, const FunctionRuns& runs, const fixtures::BatchCase& batch_case,
                    const RunCircumstances& circumstances) {
  std::string note;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) (note += note.empty() ? "" : "; ") += part;
  };
  // A fault may depend on the size of the numbers that are a stream's or Kafka's identifiers.
  if (circumstances.keeps_identifiers || fixtures::has_shards(batch_case.source)) add(names_sent(run.batch));
  if (run.crash == CrashBudget::Kind::timed_out) add(std::string(note_on_limit(runs)));
  const auto time_limit = runs.patience().time_limit();
  if (!run.crash && runs.has_time_limit() && circumstances.one_at_a_time && run.took > time_limit / 2)
    add(late_answer(run, time_limit));
  if (run.seen.further_runs.empty()) {
    add(claim_that_fits(runs.laws(), batch_case, run.seen, runs.claims()));
    add(field_that_explains(properties::Evidence(batch_case, runs.claims(), run.seen)));
  }
  return note;
}

}  // namespace batchproof::blackbox
