#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// What was handled well and answered for does not come again without need.
extern const LifeLaw needed_redelivery;

}  // namespace batchproof::simulator
