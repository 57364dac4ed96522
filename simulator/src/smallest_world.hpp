#pragma once

#include <batchproof/simulator/end_to_end_law.hpp>
#include <batchproof/simulator/function_under_test.hpp>
#include <batchproof/simulator/world.hpp>

namespace batchproof::simulator {

/// A world with fewer messages and fewer faults that violates the same law; the given world when the limited
/// search finds none.
World smallest_world(const FunctionUnderTest& function, const EndToEndLaw& law, const World& found);

}  // namespace batchproof::simulator
