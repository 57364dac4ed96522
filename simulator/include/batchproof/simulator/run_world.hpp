#pragma once

// Runs one world, without judging it:
//
//     const FinishedWorld finished = run_world(subject, {.messages = 10, .faults = {.poison = 1}});
//     for (const std::string& line : trace_of(subject, world).lines) std::cout << line << '\n';

#include <batchproof/simulator/delivery.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/function_under_test.hpp>
#include <batchproof/simulator/world.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace batchproof::simulator {

/// Receives the lines of a trace in their order. A line is one JSON object without its line break.
using TraceSink = std::function<void(std::string_view line)>;

/// Runs a world until it is at rest. It calls the function with the text of each event, and reads the
/// response as the service does (AWS Lambda developer guide, "Implementing partial batch responses"). It
/// catches all exceptions of the function; it throws `ImpossibleWorld`. It reads no clock: the same world
/// with the same function gives the same trace, byte for byte. The deadline in `RecordProbe::context` and the
/// time of `RecordProbe::clock` are virtual. One invocation runs at a time; one that a crash or a timeout may
/// end runs on another thread.
FinishedWorld run_world(const FunctionUnderTest& function, const World& world, const TraceSink& trace = {},
                        const DeliverySink& deliveries = {});

/// The trace of a world, one JSON object a line. The first line holds the world. The others say what was
/// `sent`, `invoked`, `handled`, `answered`, `deleted`, `passed` by a checkpoint, `duplicated`,
/// `deduplicated`, `visible_again`, `checkpoint`, `split`, `dead_lettered` or `expired`; the last is
/// `at_rest` or `stopped`.
struct Trace {
  std::vector<std::string> lines{};
  std::uint64_t hash = 0;  ///< FNV-1a of all lines, to compare traces that were not saved
};

Trace trace_of(const FunctionUnderTest& function, const World& world);

}  // namespace batchproof::simulator
