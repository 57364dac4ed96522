#include "late_ends.hpp"

#include <algorithm>
#include <utility>

namespace batchproof::blackbox {

using runtime_api::FunctionProcess;
using runtime_api::Invocation;
using runtime_api::InvocationEnd;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool LateEnds::is_cause(std::initializer_list<const std::string*> events) {
  if (is_found_) return true;
  if (searches_ == most_searches) return false;
  for (const std::string* const event : events) {
    FunctionProcess process(function_);
    if (event->empty() || process.start()) continue;
    const Invocation answer = process.invoke(*event);
    if (answer.end != InvocationEnd::response) continue;
    const auto answered = steady_clock::now();
    const auto end = process.rest(first_wait);
    if (!end) continue;
    is_found_ = true;
    first_ = end->problem + last_lines(answer.log + end->log);
    constexpr int for_a_slower_one = 5;
    const auto took = duration_cast<milliseconds>(steady_clock::now() - answered);
    wait_ = std::clamp(took * for_a_slower_one, shortest_wait, longest_wait);
    return true;
  }
  ++searches_;
  return false;
}

std::optional<properties::Observation> LateEnds::end_of(FunctionProcess& process, const FunctionRun& run) {
  const auto began = steady_clock::now();
  const auto end = process.rest(wait_);
  if (!end) {
    waited_ += steady_clock::now() - began;
    return std::nullopt;
  }
  are_shown_ = true;
  properties::Observation next = run.seen;
  next.response.reset();
  next.error = run.batch.with_own_names(end->problem + last_lines(run.log + end->log),
                                        [](const std::string& own) { return own; });
  return beside_changed(run.seen, std::move(next), ended_by_unawaited_work);
}

}  // namespace batchproof::blackbox
