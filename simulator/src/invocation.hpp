#pragma once

#include <batchproof/fixtures/batch_case.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulation.hpp"

namespace batchproof::simulator {

/// One call of the function, and how the service reads its response. `invoke` fills it; it may be reused for
/// a later call, which saves its memory.
struct Invocation {
  std::vector<std::size_t> messages{};  ///< the batch, by number; the caller of `invoke` sets it

  std::uint64_t number = 0;
  std::chrono::milliseconds began_at{0};
  std::chrono::milliseconds ends_at{0};

  std::chrono::milliseconds time_left{0};  ///< until the deadline, when the handlers had ended

  /// The reason why the service treats the whole batch as failed; nothing when it does not.
  std::optional<std::string> complete_failure{};

  // For each place in the batch:
  std::vector<bool> reported{};   ///< the response lists the message, and the service reads it
  std::vector<bool> tried{};      ///< its handler was called and not cut off
  std::vector<bool> succeeded{};  ///< its handler returned normally before anything ended the invocation

  /// The place of the message whose handler was cut off; nothing when none was.
  std::optional<std::size_t> cut{};

  /// The invocation ended early, or its response was lost or damaged.
  bool was_disturbed = false;

  std::string state{};  ///< sources with windows: the returned one, unless the whole batch failed

  /// True when the service is to deliver the message at this place again.
  bool returns(std::size_t place) const { return complete_failure || reported[place]; }

  fixtures::BatchCase batch{};  ///< the event
};

/// Delivers `invocation.messages` to the function, and reads the response (AWS Lambda developer guide,
/// "Implementing partial batch responses"). `invocation.batch.window` and its `invocation` are delivered
/// unchanged; the last invocation of a window may have no messages.
void invoke(Simulation& simulation, Invocation& invocation);

/// What was done to the message at this place.
Incident incident_of(const Invocation& invocation, std::size_t place);

/// Keeps an incident, if it is among the first ones.
void add_incident(std::vector<Incident>& incidents, Incident incident);

/// Passes the deliveries of an invocation that has ended to the sink. Messages that are to be delivered again
/// are released at `again_at`.
void report_deliveries(const Simulation& simulation, const Invocation& invocation,
                       std::chrono::milliseconds again_at);

}  // namespace batchproof::simulator
