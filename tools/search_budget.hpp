#pragma once

// What the search for a smaller world may cost, when the subject is a function that runs in processes.

#include <batchproof/runtime_api/function_process.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "inferred_calls.hpp"

namespace batchproof::tools {

/// Invokes the process or, if it does not run, a new one.
runtime_api::Invocation invoke(runtime_api::FunctionProcess& process, std::string_view payload);

/// Processes of a function that start while others run, on other processors: a search needs a new one for
/// each world. One that follows a crash is not started ahead, since the function may read what the crash
/// left.
class StartedAhead {
 public:
  explicit StartedAhead(Function function) : function_(std::move(function)) {}

  runtime_api::FunctionProcess take();

 private:
  Function function_;
  std::deque<runtime_api::FunctionProcess> waiting_{};
};

/// What the search for a smaller world may cost. Each crash costs a start, and a time-out its limit: the
/// function is taken to crash again with the payloads that made it crash, unless its log is read, which names
/// the records. The search ends after some crashes, or after some time, since each world starts a process.
class SearchBudget {
 public:
  SearchBudget(Function function, bool reads_log) : started_(std::move(function)), reads_log_(reads_log) {}

  bool is_spent() const noexcept;

  /// Whether the function ended, or hung, in a world of the search.
  bool has_crashed() const noexcept { return crashes_ > 0; }

  /// Without a process, with one that was started ahead.
  runtime_api::Invocation invoke(std::optional<runtime_api::FunctionProcess>& process,
                                 std::string_view payload, const Payloads& payloads);

 private:
  StartedAhead started_;
  bool reads_log_;
  int crashes_ = 0;
  std::optional<std::chrono::steady_clock::time_point> began_{};  // with the first invocation
  std::map<Payloads, runtime_api::Invocation> crashed_{};
};

}  // namespace batchproof::tools
