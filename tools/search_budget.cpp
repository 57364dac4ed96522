#include "search_budget.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace batchproof::tools {

runtime_api::Invocation invoke(runtime_api::FunctionProcess& process, std::string_view payload) {
  if (process.is_running()) {
    runtime_api::Invocation invocation = process.invoke(payload);
    // One that ended after its last answer, which counts, has not got the event: Lambda starts another for
    // it.
    const bool ended = invocation.end == runtime_api::InvocationEnd::ended;
    if (invocation.is_taken || !ended || !invocation.misuse.empty()) return invocation;
  }
  if (auto failed = process.start()) return std::move(*failed);
  return process.invoke(payload);
}

runtime_api::FunctionProcess StartedAhead::take() {
  const unsigned most = std::clamp(std::thread::hardware_concurrency(), 2U, 5U);
  while (waiting_.size() < most) waiting_.emplace_back(function_).start_ahead();
  runtime_api::FunctionProcess first = std::move(waiting_.front());
  waiting_.pop_front();
  return first;
}

bool SearchBudget::is_spent() const noexcept {
  constexpr int most_crashes = 12;
  constexpr std::chrono::seconds most_time{60};
  return crashes_ >= most_crashes || (began_ && std::chrono::steady_clock::now() - *began_ >= most_time);
}

runtime_api::Invocation SearchBudget::invoke(std::optional<runtime_api::FunctionProcess>& process,
                                             std::string_view payload, const Payloads& payloads) {
  if (!began_) began_ = std::chrono::steady_clock::now();
  const auto known = crashed_.find(payloads);
  if (known != crashed_.end() || is_spent()) {
    if (process) process->stop();
    return known == crashed_.end() ? runtime_api::Invocation{.problem = "not tried"} : known->second;
  }
  if (!process) process.emplace(started_.take());
  runtime_api::Invocation invocation = tools::invoke(*process, payload);
  using End = runtime_api::InvocationEnd;
  if (invocation.end == End::response || invocation.end == End::error) return invocation;
  constexpr int cost_of_a_time_out = 2;
  crashes_ += invocation.end == End::ended ? 1 : cost_of_a_time_out;
  if (!reads_log_) crashed_.emplace(payloads, invocation);
  return invocation;
}

}  // namespace batchproof::tools
