#pragma once

#include <batchproof/simulator/finished_world.hpp>
#include <string>

namespace batchproof::simulator {

/// A message as it is named in sentences: message 3 ("m3").
std::string named(const FinishedWorld& finished, std::size_t number);

/// Where a law asks for nothing but its source.
bool is_any_source(const World& world);
bool is_fifo_queue(const World& world);
bool is_a_stream(const World& world);

}  // namespace batchproof::simulator
