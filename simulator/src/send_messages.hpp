#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/world.hpp>
#include <vector>

namespace batchproof::simulator {

/// The messages of a world as they are sent, in that order: identifiers, groups and what is wrong with each.
std::vector<Message> send_messages(const World& world, Random& random);

}  // namespace batchproof::simulator
