#pragma once

// The deliveries of a simulation, for charts and counters of your own:
//
//     std::uint64_t handled = 0;
//     run_world(subject, world, {}, [&](const Delivery& delivery) {
//       if (delivery.outcome == HandlerOutcome::succeeded) ++handled;
//     });

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace batchproof::simulator {

/// How the handler of one delivered message ended.
enum class HandlerOutcome {
  succeeded,   ///< it returned normally
  failed,      ///< it threw
  cut,         ///< the invocation ended while the handler ran
  not_handled  ///< it was not called before the invocation ended
};

/// "not_handled".
std::string_view name(HandlerOutcome outcome) noexcept;

/// One delivery of one message, in virtual time.
struct Delivery {
  std::size_t message = 0;  ///< its position in `FinishedWorld::messages`
  std::uint64_t invocation = 0;
  std::chrono::milliseconds began{0};
  std::chrono::milliseconds ended{0};  ///< when the service has the answer

  /// When the message stops being in flight. This is `ended`, except for a message of a queue that is to be
  /// delivered again: its visibility timeout ends then.
  std::chrono::milliseconds released{0};

  HandlerOutcome outcome = HandlerOutcome::not_handled;

  /// The reason why the whole batch failed; empty when it did not. Valid during the call of the sink.
  std::string_view failed_because{};
};

/// Receives each delivery when its invocation has ended. The deliveries of one message arrive in order.
using DeliverySink = std::function<void(const Delivery& delivery)>;

}  // namespace batchproof::simulator
