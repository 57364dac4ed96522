#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// What has left the source was handled, dead-lettered, or expired by configuration: never neither.
extern const LifeLaw nothing_vanishes;

}  // namespace batchproof::simulator
