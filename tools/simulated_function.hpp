#pragma once

#include <batchproof/simulator/world.hpp>
#include <cstdint>

#include "function_options.hpp"
#include "simulated_subject.hpp"

namespace batchproof::tools {

/// `World::names` that no world of this process had, since the function may have a store.
std::uint64_t new_names();

/// A Lambda function in the simulated world: one process serves invocation after invocation, until a crash or
/// a time-out, the world's or its own, ends it, or it ends after an answer, which counts. The next invocation
/// starts a new process.
///
/// The log shows the handled records, if there is an expression for that. Else they are inferred from the
/// answer (`inferred_calls.hpp`), which `World::calls_are_assumed` must say. The processes end with the
/// world. Throws `UsageError` as `function_of` does, and `std::invalid_argument` for an invalid expression.
SimulatedSubject simulated_function(const FunctionOptions& options, const simulator::World& world);

}  // namespace batchproof::tools
