#pragma once

#include <batchproof/simulator/life_law.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <batchproof/simulator/world.hpp>

namespace batchproof::simulator {

/// A smaller and quieter world that breaks the same law, or the world itself where none is found soon.
World smallest_world(const MakeSubject& make_subject, const LifeLaw& law, const World& broken);

}  // namespace batchproof::simulator
