#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mode.hpp"

namespace batchproof::conformance {

/// One invocation: an event, and which of its records the handler fails on.
struct Scenario {
  Mode mode;
  std::string oddity;  ///< what AWS would not send like that; empty for a valid event
  std::string payload;
  std::vector<std::size_t> rejected;  ///< positions in `Records`, ascending
};

/// For each mode valid events, odd ones of each kind, and damaged ones. The same seed gives the same
/// scenarios.
std::vector<Scenario> draw_scenarios(std::uint64_t seed);

}  // namespace batchproof::conformance
