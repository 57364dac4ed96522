#pragma once

#include <batchproof/fixtures/subject.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace batchproof::simulator {

/// Where two traces part; an empty text where one has ended.
struct TraceDifference {
  std::size_t line = 0;  ///< from 1
  std::string before{};  ///< in the trace that was kept
  std::string now{};
};

struct TraceReplay {
  std::size_t lines = 0;  ///< of the trace that was kept
  std::optional<TraceDifference> difference{};
};

/// The world that the first line of a trace tells. Throws `std::invalid_argument` where it tells none.
World world_of_trace(std::string_view trace);

/// Runs the world that the first line of a trace tells, around this subject, and compares each line. `trace`
/// is JSON lines, as `run_world` gives them. Worlds with payloads of their own cannot be replayed: a trace
/// does not tell them. Throws as `world_of_trace`, and `ImpossibleWorld`.
TraceReplay replay_trace(const fixtures::Subject& subject, std::string_view trace);

}  // namespace batchproof::simulator
