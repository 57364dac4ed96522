#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// What lies before an accepted checkpoint was handled.
extern const LifeLaw nothing_skipped;

}  // namespace batchproof::simulator
