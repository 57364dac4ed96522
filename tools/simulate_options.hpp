#pragma once

#include <CLI/CLI.hpp>
#include <batchproof/simulator.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "function_options.hpp"
#include "simulated_subject.hpp"
#include "soak.hpp"

namespace batchproof::tools {

/// What the command line of `batchproof simulate` says.
struct SimulateOptions {
  simulator::World world{.messages = 1000,
                         .groups = 10,
                         .batch_size = 10,
                         .handler_time = std::chrono::milliseconds(10),
                         .stream = {.maximum_retry_attempts = -1},
                         .faults = {}};
  std::size_t tumbling_window_seconds = 10;
  std::optional<std::size_t> poison{};
  std::optional<std::uint64_t> seed{};
  bool no_reporting = false;
  std::string subject{};  ///< the library's processor when empty
  FunctionOptions function{};
  PayloadPaths payloads{};  ///< of a function; poison messages have those that it rejects
  bool compare = false;
  bool trace = false;
  bool json = false;
  SoakOptions soak{};    ///< random worlds instead of this one, if it has a limit
  std::string replay{};  ///< the file of a trace, whose world runs instead of this one
  std::string given{};   ///< JSON of a world that runs instead of this one
  std::string html{};    ///< the file for the page; none when empty
};

/// Adds the options to the command, and says which exclude each other. `options` must outlive it.
void add_simulate_options(CLI::App& command, SimulateOptions& options);

/// Throws `UsageError` for a given option that the source of the world does not have.
void refuse_options_of_other_sources(const CLI::App& command, const SimulateOptions& options);

/// The world of the options; without --seed it is a new one at each call. Throws `UsageError` for a --world
/// that is none, and for payloads that cannot be read.
simulator::World world_of(const SimulateOptions& options);

/// The processor or function of the options. Throws `UsageError` for a function that cannot be judged in this
/// world.
SimulatedSubject subject_under_test(const SimulateOptions& options, const simulator::World& world);

}  // namespace batchproof::tools
