#pragma once

// The end-to-end laws. Each is defined in a file of its own under `simulator/src/laws/`.
//
//     for (const EndToEndLaw& law : end_to_end_laws())
//       if (law.applies(finished.world)) EXPECT_THAT(law.violations(finished), IsEmpty()) << law.id;

#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/world_law.hpp>
#include <span>

namespace batchproof::simulator {

using EndToEndLaw = WorldLaw<FinishedWorld>;

extern const EndToEndLaw nothing_skipped;
extern const EndToEndLaw nothing_vanishes;
extern const EndToEndLaw group_order;
extern const EndToEndLaw key_order;
extern const EndToEndLaw poison_is_isolated;
extern const EndToEndLaw needed_redelivery;
extern const EndToEndLaw bounded_redelivery;
extern const EndToEndLaw comes_to_rest;
extern const EndToEndLaw counted_once;

/// All end-to-end laws; those about lost messages come first.
std::span<const EndToEndLaw> end_to_end_laws() noexcept;

}  // namespace batchproof::simulator
