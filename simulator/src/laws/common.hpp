#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <string>

namespace batchproof::simulator {

/// The name of a message in violations: message 3 ("m3"). A change that a careless function takes for an
/// order is named too.
std::string named(const FinishedWorld& finished, std::size_t number);

/// "1 delivery", "2 deliveries".
std::string deliveries_of(const Message& message);

// For laws that depend only on the source.

bool is_fifo_queue(const World& world);
bool has_windows(const World& world);

}  // namespace batchproof::simulator
