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

/// One call of the function, and what the service makes of it. May be used again for the next.
struct Invocation {
  std::vector<std::size_t> messages{};  ///< the batch, by number: what `invoke` is given

  std::uint64_t number = 0;
  std::chrono::milliseconds began_at{0};
  std::chrono::milliseconds ends_at{0};

  /// Why the service takes the whole batch for failed; nothing where it does not.
  std::optional<std::string> whole_batch{};

  /// For each message of the batch, whether the response lists it and is read.
  std::vector<bool> reported{};

  /// For each message, whether its handler was called, and was not cut off.
  std::vector<bool> tried{};

  /// For each message, whether its handler returned normally this time, before anything ended the invocation.
  std::vector<bool> succeeded{};

  /// The place of the message during whose handler it ended; nothing where none was cut off.
  std::optional<std::size_t> cut{};

  /// It ended before its time, or its response was lost: the service knows no better.
  bool was_disturbed = false;

  /// True when the service is to deliver the message at this place again.
  bool returns(std::size_t place) const { return whole_batch || reported[place]; }

  fixtures::BatchCase batch{};  ///< the event; kept so that its memory is used again
};

/// Delivers `invocation.messages` to the function, and reads what comes back (AWS Lambda developer guide,
/// "Implementing partial batch responses").
void invoke(Simulation& simulation, Invocation& invocation);

/// Tells each delivery of an invocation that has ended. Where its messages come again at another time than
/// its end, `again_at` is that time.
void tell_deliveries(const Simulation& simulation, const Invocation& invocation,
                     std::chrono::milliseconds again_at);

}  // namespace batchproof::simulator
