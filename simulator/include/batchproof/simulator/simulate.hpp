#pragma once

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/simulator/delivery.hpp>
#include <batchproof/simulator/simulation_report.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace batchproof::simulator {

/// Lets the world run around the subject, and judges all lives by every law that applies. A world that breaks
/// one is made smaller until few messages are left. Throws `ImpossibleWorld`.
///
///   EXPECT_TRUE(simulate(subject, {.source = Source::sqs_fifo, .faults = {.poison = 3}}));
///
///   EXPECT_TRUE(simulate(subject, world).expect_no_loss());
///
/// A subject that keeps something from batch to batch meets the smaller worlds with it; see the other form.
SimulationReport simulate(const fixtures::Subject& subject, const World& world);

/// A subject as it is when a function starts: nothing has been asked of it.
using MakeSubject = std::function<fixtures::Subject()>;

/// The same with a new subject for each world. `deliveries` hears of `world`, not of smaller ones.
SimulationReport simulate(const MakeSubject& make_subject, const World& world,
                          const DeliverySink& deliveries = {});

struct RandomWorlds {
  std::size_t worlds = 100;
  std::uint64_t seed = 1;  ///< of the first; the others follow it
  std::size_t most_messages = 40;
  std::string_view law{};  ///< the id of the one law to judge by; empty: all
};

/// The same in many random worlds of one source, until a law is broken. The claims are what the processor
/// says of itself.
SimulationReport simulate_random_worlds(const MakeSubject& make_subject, fixtures::Source source,
                                        const fixtures::ProcessorClaims& claims = {},
                                        const RandomWorlds& options = {});

}  // namespace batchproof::simulator
