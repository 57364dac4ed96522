#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// Messages of one group are handled for the first time in the order in which they were sent.
extern const LifeLaw group_order;

}  // namespace batchproof::simulator
