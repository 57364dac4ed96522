#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace batchproof::simulator {

/// What the handler made of a message that was delivered.
enum class Outcome {
  succeeded,  ///< it returned normally
  failed,
  cut,         ///< the invocation ended while it ran
  not_handled  ///< it was not called, or after the end of the invocation
};

/// "not_handled".
std::string_view name(Outcome outcome) noexcept;

/// One delivery of one message, in virtual time.
struct Delivery {
  std::size_t message = 0;  ///< its number
  std::uint64_t invocation = 0;
  std::chrono::milliseconds began{0};
  std::chrono::milliseconds ended{0};  ///< the service has the answer

  /// From when on it is not in flight any more: `ended`, or on a queue, where it is to come again, the end of
  /// its visibility timeout.
  std::chrono::milliseconds released{0};

  Outcome outcome = Outcome::not_handled;
  std::string_view failed_because{};  ///< why the whole batch failed; lives as long as the call that tells it
};

/// Takes the deliveries as they are settled: those of one message in their order.
using DeliverySink = std::function<void(const Delivery& delivery)>;

}  // namespace batchproof::simulator
