#pragma once

#include <batchproof/fixtures/subject.hpp>
#include <batchproof/simulator/delivery.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// Takes the lines of a trace as they come, each one JSON object without its line break.
using TraceSink = std::function<void(std::string_view line)>;

/// Lets a world run until it is at rest: the service around `subject`, which is called with the text of each
/// event and whose response is read as the service reads it (AWS Lambda developer guide, "Implementing
/// partial batch responses"). Throws `ImpossibleWorld`; nothing that the subject throws. No clock is asked,
/// and the same world with the same subject gives the same trace, byte for byte.
///
/// An invocation that crashes or runs out of time does so for the world alone: the subject runs to its end,
/// and what it did after that point counts as not done.
FinishedWorld run_world(const fixtures::Subject& subject, const World& world, const TraceSink& trace = {},
                        const DeliverySink& deliveries = {});

/// What happened in a world, one JSON object a line: the world itself, and then what was `sent`, `invoked`,
/// `handled`, `answered`, `deleted`, `passed` by a checkpoint, `duplicated`, `deduplicated`, `visible_again`,
/// `split`, `dead_lettered` or `expired`, until it is `at_rest`.
struct Trace {
  std::vector<std::string> lines{};
  std::uint64_t hash = 0;  ///< of all lines (FNV-1a), to compare traces that were not kept
};

Trace trace_of(const fixtures::Subject& subject, const World& world);

}  // namespace batchproof::simulator
