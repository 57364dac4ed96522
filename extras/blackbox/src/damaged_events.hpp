#pragma once

#include <batchproof/properties/observation.hpp>
#include <batchproof/runtime_api/function.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "crash_budget.hpp"
#include "function_runs.hpp"
#include "served_process.hpp"

namespace batchproof::blackbox {

/// Invokes a function with events that AWS would not send. All that counts is whether the process stays alive
/// and answers. One thread at a time.
class DamagedEvents {
 public:
  /// `runs`, `process` and `crashes` must outlive it. `cold`: each event gets a new process.
  DamagedEvents(const Function& function, bool cold, FunctionRuns& runs, ServedProcess& process,
                CrashBudget& crashes)
      : function_(function), cold_(cold), runs_(runs), process_(process), crashes_(crashes) {}

  bool needs_usual_event() const noexcept { return usual_event_.empty(); }

  /// Takes note of an event as AWS sends it, which was answered as expected: whether another one ends the
  /// process is compared with it.
  void set_usual_event(std::string event) { usual_event_ = std::move(event); }

  /// Invokes the process with this event. `process_end` of the result says how the process ended, if it did.
  properties::Observation run(const std::string& payload);

 private:
  bool is_ended_by(std::string_view event, std::chrono::milliseconds limit) const;
  bool ends_for(std::string_view payload, std::chrono::milliseconds limit);

  Function function_;
  bool cold_;
  FunctionRuns& runs_;
  ServedProcess& process_;
  CrashBudget& crashes_;
  std::string usual_event_{};
  bool damage_ends_ = false;  // each new process, which the usual event does not end
};

}  // namespace batchproof::blackbox
