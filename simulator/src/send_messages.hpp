#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/world.hpp>
#include <vector>

namespace batchproof::simulator {

/// The messages of a world in the order in which they are sent, with identifiers, groups and failures.
std::vector<Message> send_messages(const World& world, Random& random);

}  // namespace batchproof::simulator
