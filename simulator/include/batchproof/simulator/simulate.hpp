#pragma once

// Runs worlds and judges them by the end-to-end laws:
//
//     EXPECT_TRUE(simulate(subject, {.source = Source::sqs_fifo, .faults = {.poison = 3}}));
//     EXPECT_TRUE(simulate(subject, world).expect_no_loss());

#include <batchproof/fixtures/processor_claims.hpp>
#include <batchproof/fixtures/shard.hpp>
#include <batchproof/fixtures/source.hpp>
#include <batchproof/simulator/delivery.hpp>
#include <batchproof/simulator/function_under_test.hpp>
#include <batchproof/simulator/simulation_report.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace batchproof::simulator {

/// How a smaller world is searched for, when each world costs real time.
struct SmallerWorlds {
  /// Takes the place of the function in the search; it may remember what it did in other worlds. The smallest
  /// world runs with the function itself.
  std::optional<FunctionUnderTest> function{};

  /// Asked after each world. True: that world does not count, and the search ends.
  std::function<bool()> are_over{};

  std::uint64_t seeds = 100;   ///< of each smaller world
  bool may_have_flaky = true;  ///< false: the function decides by the payload, and fails always or never

  /// Gives each world other `World::names`, the smallest among them. Empty: they stay.
  std::function<std::uint64_t()> new_names{};
};

/// Runs the world around the function, and judges it by every end-to-end law that applies. If a law is
/// violated, it searches for a world of few messages that violates the law too. Throws `ImpossibleWorld`.
/// `deliveries` receives only the deliveries of `world`, not those of smaller worlds.
SimulationReport simulate(const FunctionUnderTest& function, const World& world,
                          const DeliverySink& deliveries = {}, const SmallerWorlds& smaller = {});

struct RandomWorlds {
  std::size_t worlds = 100;
  std::uint64_t seed = 1;  ///< of the first world; each further one adds 1
  std::size_t most_messages = 60;
  std::string_view law{};  ///< the id of the one law to judge by; empty: all
  Design design{};         ///< of the function

  /// The part of the worlds that is run here, when several machines share them. Not set: BATCHPROOF_SHARD, or
  /// all worlds without it.
  std::optional<fixtures::Shard> shard{};

  SmallerWorlds smaller{};  ///< how a smaller world than the one that violates a law is searched for
};

/// Runs random worlds of one source until a law is violated. `claims` are those of the processor. Throws
/// `std::invalid_argument` when BATCHPROOF_SHARD is not a shard, no law has the id of the options, or worlds
/// would have no messages.
SimulationReport simulate_random_worlds(const FunctionUnderTest& function, fixtures::Source source,
                                        const fixtures::ProcessorClaims& claims = {},
                                        const RandomWorlds& options = {});

}  // namespace batchproof::simulator
