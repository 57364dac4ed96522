#pragma once

#include <cstddef>

#include "simulation.hpp"

namespace batchproof::simulator {

/// The bytes that an event may still grow by (`World::payload_limit`).
class PayloadBudget {
 public:
  explicit PayloadBudget(const Simulation& simulation) : simulation_(simulation) {}

  /// Adds one message; false when it does not fit. The first message always fits.
  bool try_add(std::size_t number) {
    const std::size_t size = size_of(simulation_, number);
    if (used_ == 0) {
      used_ = simulation_.writer.empty_event_size() + size;
      return true;
    }
    if (used_ + size > simulation_.world.payload_limit) return false;
    used_ += size;
    return true;
  }

  /// The bytes of a message in an event, with the comma before it.
  static std::size_t size_of(const Simulation& simulation, std::size_t number) {
    return simulation.writer.size_of(simulation.finished.messages[number], number) + 1;
  }

 private:
  const Simulation& simulation_;
  std::size_t used_ = 0;
};

}  // namespace batchproof::simulator
