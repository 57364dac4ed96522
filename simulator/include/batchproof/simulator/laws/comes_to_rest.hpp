#pragma once

#include <batchproof/simulator/life_law.hpp>

namespace batchproof::simulator {

/// The source is empty in the end, and without poison nothing waits until it expires.
extern const LifeLaw comes_to_rest;

}  // namespace batchproof::simulator
