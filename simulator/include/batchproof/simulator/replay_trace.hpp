#pragma once

// Runs the world of a saved trace again, and shows the first line that changed:
//
//     const TraceReplay replay = replay_trace(subject, text_of_the_file);
//     if (replay.difference) std::cout << replay.difference->line << ": " << replay.difference->now;

#include <batchproof/simulator/function_under_test.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::simulator {

/// The first line in which two traces differ. A text is empty when its trace has ended.
struct TraceDifference {
  std::size_t line = 0;  ///< from 1
  std::string before{};  ///< in the saved trace
  std::string now{};
};

struct TraceReplay {
  std::size_t lines = 0;  ///< of the saved trace
  std::optional<TraceDifference> difference{};
};

/// The world in the first line of a trace. Throws `std::invalid_argument` when that line holds none.
World world_of_trace(std::string_view trace);

/// Runs the world in the first line of a trace around this function, and compares each line. `trace` is the
/// JSON lines that `run_world` writes. A trace does not hold the payloads of its world, so a world with
/// payloads of its own gives another trace. Throws as `world_of_trace` does, and `ImpossibleWorld`.
TraceReplay replay_trace(const FunctionUnderTest& function, std::string_view trace);

}  // namespace batchproof::simulator
