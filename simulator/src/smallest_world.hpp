#pragma once

#include <batchproof/simulator/function_under_test.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <batchproof/simulator/world.hpp>

namespace batchproof::simulator {

/// A world with fewer messages and fewer faults that violates the same law; the given world when the limited
/// search finds none. It has no violations and no trace yet.
SimulationCounterexample smallest_world(const FunctionUnderTest& function, const EndToEndLaw& law,
                                        const World& found, const SmallerWorlds& smaller);

}  // namespace batchproof::simulator
