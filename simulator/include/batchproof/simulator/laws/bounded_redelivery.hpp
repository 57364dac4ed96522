#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// Nothing is delivered more often than the configuration says, or handled more often than delivered.
extern const LifeLaw bounded_redelivery;

}  // namespace batchproof::simulator
