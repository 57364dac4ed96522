#include "damaged_events.hpp"

#include <batchproof/blackbox/verify_function.hpp>
#include <batchproof/fixtures/json_text.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <utility>

namespace batchproof::blackbox {

using properties::Observation;
using runtime_api::FunctionProcess;
using runtime_api::Invocation;
using runtime_api::InvocationEnd;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

Observation without_answer(Observation run, std::string_view why) {
  run.response.reset();
  run.process_end = why;
  return run;
}

}  // namespace

/// Whether a new process ends that gets the event twice.
bool DamagedEvents::is_ended_by(std::string_view event, milliseconds limit) const {
  FunctionProcess other(function_);
  if (other.start()) return false;
  return other.invoke(event, limit).end == InvocationEnd::ended ||
         other.invoke(event, limit).end == InvocationEnd::ended;
}

/// Whether the event ends each new process, and the usual one ends none: some functions end after each
/// answer, others after some.
bool DamagedEvents::ends_for(std::string_view payload, milliseconds limit) {
  if (damage_ends_) return is_ended_by(payload, limit);
  if (usual_event_.empty()) return false;
  constexpr int enough = 8;
  for (int tries = 0; tries < enough; ++tries)
    if (!is_ended_by(payload, limit) || is_ended_by(usual_event_, limit)) return false;
  damage_ends_ = true;
  return true;
}

Observation DamagedEvents::run(const std::string& payload) {
  Observation answered{.calls = {}, .response = "{}"};
  if (!fixtures::is_json(payload)) return answered;  // shrinking may make other payloads
  if (crashes_.settles(payload)) {
    const std::string_view error = crashes_.error_of(payload);
    return error.empty() ? answered : without_answer(std::move(answered), error);
  }
  const bool is_shrunk = crashes_.has_begun() && !crashes_.was_cut_short(payload);
  const milliseconds limit = is_shrunk ? runs_.patience().now() : runs_.patience().time_limit();
  Invocation invocation;
  auto began = steady_clock::now();
  try {
    if (cold_ || !process_.is_running()) process_.start();
    began = steady_clock::now();
    invocation = process_.process().invoke(payload, limit);
    if (process_.ended_before(invocation.is_taken, !invocation.misuse.empty())) {
      process_.replace_ended(runs_.crash_of(invocation.end, limit), problem_of(invocation, invocation.log));
      began = steady_clock::now();
      invocation = process_.process().invoke(payload, limit);
    }
  } catch (const FunctionNotStarted& error) {
    return without_answer(std::move(answered), error.what() + last_lines(error.log()));
  }
  const auto crash = runs_.crash_of(invocation.end, limit);
  const auto took = steady_clock::now() - began;
  runs_.note_time(crash, took);
  if (process_.is_running()) {  // a process that ends just after its answer does not take the event again
    Invocation again = process_.process().invoke(payload, limit);
    if (again.end == InvocationEnd::ended && (again.is_taken || ends_for(payload, limit)))
      invocation = std::move(again);
  }
  process_.note_served();
  if (invocation.end == InvocationEnd::error) {  // also an answer
    invocation.end = InvocationEnd::response;
    invocation.problem.clear();
  }
  const std::string problem = problem_of(invocation, invocation.log);
  if (problem.empty()) return answered;
  if (!process_.is_running()) crashes_.note(payload, problem, crash.value_or(CrashBudget::Kind::ended), took);
  return without_answer(std::move(answered), problem);
}

}  // namespace batchproof::blackbox
