#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// Records of one key are handled in the order in which they were sent, as far as the processor promises it.
extern const LifeLaw key_order;

}  // namespace batchproof::simulator
