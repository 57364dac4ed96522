#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// Bisection finds one poison record in few splits, and the others of its batch go on.
extern const LifeLaw poison_is_isolated;

}  // namespace batchproof::simulator
