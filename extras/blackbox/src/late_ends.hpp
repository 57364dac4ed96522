#pragma once

// Finds out whether a batch ends the process after its answer: an exception in work that nobody awaits does
// so. Lambda freezes the process between two invocations, so that the end comes in the next one, whose batch
// fails. Here the process goes on meanwhile, and whether the next batch is hit is chance.
//
//     if (late_ends.is_cause({&event, &event_before})) ...  // from now on each batch is judged for itself
//     if (const auto end = late_ends.end_of(process, run)) return *end;

#include <batchproof/properties/observation.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <batchproof/runtime_api/function_process.hpp>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "function_runs.hpp"

namespace batchproof::blackbox {

/// The note of a run of `LateEnds::end_of`.
inline constexpr std::string_view ended_by_unawaited_work =
    "the process ended after its answer, by itself, as it does where work that nobody awaits throws: Lambda "
    "freezes the process after its answer, so that the next batch fails";

class LateEnds {
 public:
  explicit LateEnds(const Function& function) : function_(function) {}

  /// True from the moment when `is_cause` found one: each batch then needs a process of its own, and
  /// `end_of`.
  bool are_awaited() const noexcept { return is_found_ && waited_ < most_waited; }

  /// To be called when a process ended in its second batch or a later one, which ends no new process. Whether
  /// one of these events, each in a process of its own, ends the process after an answer.
  bool is_cause(std::initializer_list<const std::string*> events);

  /// The process, which has just answered, given time to end. If it does, the observation of the run beside
  /// that of the batch that Lambda would hand out next.
  std::optional<properties::Observation> end_of(runtime_api::FunctionProcess& process,
                                                const FunctionRun& run);

  /// How the first of them ended, with its last words; empty where none was found.
  const std::string& first() const noexcept { return first_; }

  /// True when `end_of` has shown one.
  bool are_shown() const noexcept { return are_shown_; }

 private:
  static constexpr std::chrono::milliseconds first_wait{500};
  static constexpr std::chrono::milliseconds shortest_wait{100};
  static constexpr std::chrono::milliseconds longest_wait{2000};
  static constexpr std::chrono::seconds most_waited{20};
  static constexpr int most_searches = 3;

  Function function_;
  bool is_found_ = false;
  bool are_shown_ = false;
  int searches_ = 0;  // that found none
  std::string first_{};
  std::chrono::milliseconds wait_ = first_wait;
  std::chrono::nanoseconds waited_{0};  // for processes that did not end
};

}  // namespace batchproof::blackbox
