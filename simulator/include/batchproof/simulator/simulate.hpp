#pragma once

// Runs worlds and judges them by the end-to-end laws:
//
//     EXPECT_TRUE(simulate(subject, {.source = Source::sqs_fifo, .faults = {.poison = 3}}));
//     EXPECT_TRUE(simulate(subject, world).expect_no_loss());

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/fixtures/subject.hpp>
#include <batchproof/simulator/delivery.hpp>
#include <batchproof/simulator/simulation_report.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace batchproof::simulator {

/// Runs the world around the subject, and judges it by every end-to-end law that applies. If a law is
/// violated, it searches a world of few messages that violates the law too. Throws `ImpossibleWorld`.
///
/// One subject meets all of these worlds. If it keeps state from batch to batch, use the other overload.
SimulationReport simulate(const fixtures::Subject& subject, const World& world);

/// Makes a subject without state of earlier batches, as a function that has just started.
using MakeSubject = std::function<fixtures::Subject()>;

/// The same with a new subject for each world. `deliveries` receives those of `world`, and not those of
/// smaller worlds.
SimulationReport simulate(const MakeSubject& make_subject, const World& world,
                          const DeliverySink& deliveries = {});

struct RandomWorlds {
  std::size_t worlds = 100;
  std::uint64_t seed = 1;  ///< of the first world; each further one adds 1
  std::size_t most_messages = 40;
  std::string_view law{};  ///< the id of the one law to judge by; empty: all
};

/// Runs random worlds of one source until a law is violated. `claims` are what the processor says of itself.
SimulationReport simulate_random_worlds(const MakeSubject& make_subject, fixtures::Source source,
                                        const fixtures::ProcessorClaims& claims = {},
                                        const RandomWorlds& options = {});

}  // namespace batchproof::simulator
